import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { type IntegrationId, type MappingVersion, SettingsStore, type Tenant } from '#core';
import { ConnectorRegistry } from '#connector-sdk';
import { compileMapping, mapRecord } from '#mapping';
import { defineEndpoint, Endpoint, type InputOf } from '../../../../http/endpoint.js';
import { notFound } from '../../../../http/problem.errors.js';
import { attributeValue, mappingProblem } from '../../outcomes/outcome-view.js';
import { requireOneDocument, trialDocument, TrialDocuments } from '../../syncs/trial-document.js';
import { checkMapping } from './check-mapping.js';
import { diffMappings, expressionChange } from './diff-mappings.js';

const evaluateMapping = defineEndpoint({
  method: 'POST',
  path: '/v1/tenants/{tenant}/integrations/{integration}/mappings/{version}/evaluate',
  role: 'admin',
  summary: 'Try a whole mapping version on a document, by the rules of a sync',
  body: z.strictObject(trialDocument).superRefine(requireOneDocument),
  response: z.object({
    sourceId: z.string().nullable().describe('Whose record it is; null: it has no identity.'),
    inScope: z.boolean().describe('False: the mapping’s scope leaves the person out.'),
    restricted: z.boolean().nullable().describe('Null without an indicator, or when that is missing.'),
    attributes: z
      .array(
        z.object({
          name: z.string(),
          expression: z.string().describe('JMESPath.'),
          value: attributeValue.describe('As the directory would hold it; null is blank, or a problem.'),
          problem: mappingProblem.nullable().describe('Why there is no value; null when all is well.'),
        }),
      )
      .describe('One for each expression.'),
    problems: z.array(mappingProblem).describe('All of them: also of identity, scope and the restricted role.'),
  }),
  problems: ['mappingInvalid'],
});

const diffMapping = defineEndpoint({
  method: 'GET',
  path: '/v1/tenants/{tenant}/integrations/{integration}/mappings/{version}/diff/{other}',
  role: 'viewer',
  summary: 'What another mapping version does otherwise',
  response: z.object({
    version: z.int().describe('The version compared from.'),
    other: z.int().describe('The version compared with.'),
    changes: z.array(expressionChange).describe('Empty when both say the same.'),
  }),
});

/** Looks at mapping versions without using them. */
@Controller()
export class MappingTrialsController {
  constructor(
    private readonly settings: SettingsStore,
    private readonly connectors: ConnectorRegistry,
    private readonly documents: TrialDocuments,
  ) {}

  @Endpoint(evaluateMapping)
  async evaluate({ tenant, params, body }: InputOf<typeof evaluateMapping>) {
    const { definition, sourceIdExpression } = await this.version(tenant, params.integration, params.version);
    const attributes = await this.settings.attributes(tenant.id);
    checkMapping(definition, attributes, sourceIdExpression);
    const compiled = compileMapping({ definition, attributes, sourceIdExpression });
    if (!compiled.ok) throw new Error('a mapping that was checked can be compiled');
    const mapped = mapRecord(compiled.mapping, await this.documents.find(tenant.id, body));
    return {
      sourceId: mapped.sourceId,
      inScope: mapped.inScope,
      restricted: mapped.restricted,
      attributes: Object.entries(definition.attributes).map(([name, expression]) => ({
        name,
        expression,
        value: mapped.values[name] ?? null,
        problem: mapped.problems.find(({ attribute }) => attribute === name) ?? null,
      })),
      problems: mapped.problems,
    };
  }

  @Endpoint(diffMapping)
  async diff({ tenant, params: { integration, version, other } }: InputOf<typeof diffMapping>) {
    const from = await this.version(tenant, integration, version);
    const to = await this.version(tenant, integration, other);
    return { version, other, changes: diffMappings(from.definition, to.definition) };
  }

  private async version(
    tenant: Tenant,
    integrationId: IntegrationId,
    version: number,
  ): Promise<MappingVersion & { sourceIdExpression: string | null }> {
    const integration = await this.settings.integration(tenant.id, integrationId);
    const mapping = integration === null ? null : await this.settings.mapping(tenant.id, integration.id, version);
    if (integration === null || mapping === null) throw notFound();
    return { ...mapping, sourceIdExpression: this.connectors.sourceIdExpression(integration) };
  }
}
