import { Controller } from '@nestjs/common';
import { z } from 'zod';
import {
  Clock,
  type Integration,
  type IntegrationId,
  type MappingDefinition,
  SettingsStore,
  type TenantId,
} from '#core';
import { ConnectorRegistry } from '#connector-sdk';
import { Audit } from '../../../../access/audit.js';
import { callerName } from '../../../../http/caller.js';
import { defineEndpoint, Endpoint, type InputOf } from '../../../../http/endpoint.js';
import { decodeCursor, pageOf, pageQuery, toPage } from '../../../../http/page.js';
import { notFound, ProblemError } from '../../../../http/problem.errors.js';
import { checkMapping } from './check-mapping.js';
import { mappingFields, mappingView, toMappingView } from './mapping-view.js';

const createMapping = defineEndpoint({
  method: 'POST',
  path: '/v1/tenants/{tenant}/integrations/{integration}/mappings',
  role: 'admin',
  idempotencyKey: 'optional',
  summary: 'Save a new mapping version; it is used once it is active',
  description:
    'Give `attributes` (and the rest), or `default: true` for the connector’s own. Attributes that are not defined are refused by name.',
  body: z
    .strictObject({
      default: z.literal(true).optional().describe('Take the connector’s default mapping.'),
      identity: mappingFields.identity.default('connector'),
      attributes: mappingFields.attributes.optional(),
      scope: mappingFields.scope.default(null),
      restricted: mappingFields.restricted.default(null),
    })
    .superRefine((body, context) => {
      if ((body.default === true) !== (body.attributes === undefined)) {
        const message = 'Give either attributes or default: true.';
        context.addIssue({ code: 'custom', path: ['attributes'], message, params: { code: 'required' } });
      }
    }),
  status: 201,
  response: mappingView,
  problems: ['mappingInvalid'],
});

const listMappings = defineEndpoint({
  method: 'GET',
  path: '/v1/tenants/{tenant}/integrations/{integration}/mappings',
  role: 'viewer',
  summary: 'All mapping versions, newest first',
  query: z.strictObject(pageQuery),
  response: pageOf(mappingView),
});

const getMapping = defineEndpoint({
  method: 'GET',
  path: '/v1/tenants/{tenant}/integrations/{integration}/mappings/{version}',
  role: 'viewer',
  summary: 'One mapping version',
  response: mappingView,
});

const activateMapping = defineEndpoint({
  method: 'POST',
  path: '/v1/tenants/{tenant}/integrations/{integration}/mappings/{version}/activate',
  role: 'admin',
  idempotencyKey: 'optional',
  summary: 'Make a version the one that new syncs use',
  response: mappingView,
  problems: ['mappingInvalid'],
});

@Controller()
export class MappingsController {
  constructor(
    private readonly settings: SettingsStore,
    private readonly connectors: ConnectorRegistry,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  @Endpoint(createMapping)
  async create({ tenant, params, body, caller }: InputOf<typeof createMapping>) {
    const integration = await this.integration(tenant.id, params.integration);
    const { default: _default, attributes, ...rest } = body;
    const definition = attributes === undefined ? this.defaultMapping(integration) : { ...rest, attributes };
    await this.check(integration, definition);
    const mapping = {
      tenantId: tenant.id,
      integrationId: integration.id,
      definition,
      createdAt: this.clock.now(),
      createdBy: callerName(caller),
    };
    const version = await this.settings.addMapping(mapping);
    await this.audit.note(caller, tenant.id, 'mapping.create', `${integration.id}/${String(version)}`);
    return toMappingView({ ...mapping, version }, integration.activeMappingVersion);
  }

  @Endpoint(listMappings)
  async list({ tenant, params, query: { limit, cursor } }: InputOf<typeof listMappings>) {
    const integration = await this.integration(tenant.id, params.integration);
    const after = decodeCursor(cursor, 'number');
    const page = { after: after === null ? null : String(after), limit: limit + 1 };
    const mappings = await this.settings.mappings(tenant.id, integration.id, page);
    return toPage(
      mappings,
      limit,
      ({ version }) => version,
      (mapping) => toMappingView(mapping, integration.activeMappingVersion),
    );
  }

  @Endpoint(getMapping)
  async read({ tenant, params }: InputOf<typeof getMapping>) {
    const integration = await this.integration(tenant.id, params.integration);
    const mapping = await this.settings.mapping(tenant.id, integration.id, params.version);
    if (mapping === null) throw notFound();
    return toMappingView(mapping, integration.activeMappingVersion);
  }

  @Endpoint(activateMapping)
  async activate({ tenant, params: { integration: id, version }, caller }: InputOf<typeof activateMapping>) {
    const integration = await this.integration(tenant.id, id);
    const mapping = await this.settings.mapping(tenant.id, id, version);
    if (mapping === null) throw notFound();
    await this.check(integration, mapping.definition);
    if (!(await this.settings.activateMapping(tenant.id, id, version))) throw notFound();
    await this.audit.note(caller, tenant.id, 'mapping.activate', `${id}/${String(version)}`);
    return toMappingView(mapping, version);
  }

  private async integration(tenantId: TenantId, id: IntegrationId): Promise<Integration> {
    const integration = await this.settings.integration(tenantId, id);
    if (integration === null) throw notFound();
    return integration;
  }

  private defaultMapping({ connectorId }: Integration): MappingDefinition {
    const connector = this.connectors.get(connectorId);
    if (connector === undefined) {
      const message =
        'The integration’s connector is not part of this Muster, so it has no default mapping. Give attributes.';
      throw new ProblemError('mappingInvalid', message, [{ pointer: '/default', code: 'notAllowed', message }]);
    }
    const { attributes, restricted, scope = null } = connector.defaultMapping;
    return {
      identity: 'connector',
      attributes: { ...attributes },
      scope,
      restricted: restricted === undefined ? null : { expression: restricted, onMissing: 'keep' },
    };
  }

  /** Against the attributes as they are now: one may have been removed since the version was saved. */
  private async check(integration: Integration, definition: MappingDefinition): Promise<void> {
    const attributes = await this.settings.attributes(integration.tenantId);
    checkMapping(definition, attributes, this.connectors.sourceIdExpression(integration));
  }
}
