import { Controller } from '@nestjs/common';
import { z } from 'zod';
import {
  type AttributeDefinition,
  customAttributeName,
  SettingsStore,
  standardAttributes,
  type TenantId,
  everyIntegration,
} from '#core';
import { Audit } from '../../../access/audit.js';
import { Answer, entityTag } from '../../../http/answer.js';
import { defineEndpoint, Endpoint, type InputOf } from '../../../http/endpoint.js';
import { line } from '../../../http/fields.js';
import { notFound, ProblemError } from '../../../http/problem.errors.js';
import { attributeType } from '../../words.js';

const requiredMeans = 'A user may never be without it: a record that leaves them so fails.';
const whenBlankMeans = 'What a blank mapped value does to a value that is there.';
const excludedMeans = 'It is in no CSV.';

const attributeView = z
  .object({
    name: z.string().describe('As mappings and filters call it.'),
    label: z.string().describe('As people call it.'),
    type: attributeType,
    required: z.boolean().describe(requiredMeans),
    whenBlank: z.enum(['clear', 'keep']).describe(whenBlankMeans),
    excludeFromCsvExport: z.boolean().describe(excludedMeans),
    standard: z.boolean().describe('Every tenant has it; false: the tenant’s own.'),
  })
  .meta({ id: 'Attribute' });

const listAttributes = defineEndpoint({
  method: 'GET',
  path: '/v1/tenants/{tenant}/attributes',
  role: 'viewer',
  summary: 'The tenant’s attributes: the standard ones and its own',
  description: 'The ETag stands for all of them together.',
  response: z.object({ items: z.array(attributeView), nextCursor: z.null() }),
  etag: true,
});

const putAttribute = defineEndpoint({
  method: 'PUT',
  path: '/v1/tenants/{tenant}/attributes/{name}',
  role: 'admin',
  summary: 'Define an attribute, or change one',
  description:
    'Own attributes are called `custom.<name>`. Standard ones keep their type; `fullName` and `email` stay required. `If-Match` takes the ETag of the list: refused when any attribute has changed since.',
  ifMatch: 'optional',
  body: z.strictObject({
    label: line(200).optional().describe('Left out: the name.'),
    type: attributeType,
    required: z.boolean().default(false).describe(requiredMeans),
    whenBlank: z.enum(['clear', 'keep']).default('clear').describe(whenBlankMeans),
    excludeFromCsvExport: z.boolean().default(false).describe(excludedMeans),
  }),
  response: attributeView,
  etag: true,
});

const deleteAttribute = defineEndpoint({
  method: 'DELETE',
  path: '/v1/tenants/{tenant}/attributes/{name}',
  role: 'admin',
  summary: 'Remove an attribute of the tenant’s own',
  status: 204,
  problems: ['standardAttribute', 'attributeInUse'],
});

@Controller()
export class AttributesController {
  constructor(
    private readonly settings: SettingsStore,
    private readonly audit: Audit,
  ) {}

  @Endpoint(listAttributes)
  async list({ tenant }: InputOf<typeof listAttributes>) {
    const body = { items: await this.settings.attributes(tenant.id), nextCursor: null };
    return new Answer(body, { headers: { etag: entityTag(tenant.attributesRevision) } });
  }

  @Endpoint(putAttribute)
  async put({ tenant, params: { name }, body, caller, ifMatch }: InputOf<typeof putAttribute>) {
    const standard = standardAttributes.find((attribute) => attribute.name === name);
    if (standard !== undefined) requireStandardShape(standard, body);
    else requireCustomName(name);
    const label = body.label ?? standard?.label ?? name.replace(/^custom\./, '');
    const attribute: AttributeDefinition = { name, ...body, label, standard: standard !== undefined };
    const revision = await this.settings.putAttribute(tenant.id, attribute, ifMatch);
    if (revision === null) {
      const detail = 'The attributes have another revision than If-Match says. Read them again.';
      throw new ProblemError('preconditionFailed', detail);
    }
    await this.audit.note(caller, tenant.id, 'attribute.put', name, body.type);
    return new Answer(attribute, { headers: { etag: entityTag(revision) } });
  }

  @Endpoint(deleteAttribute)
  async delete({ tenant, params: { name }, caller }: InputOf<typeof deleteAttribute>) {
    if (standardAttributes.some((attribute) => attribute.name === name)) {
      throw new ProblemError(
        'standardAttribute',
        `${name} is a standard attribute. Leave it without an expression instead.`,
      );
    }
    const user = await this.integrationUsing(tenant.id, name);
    if (user !== null) {
      const detail = `The active mapping of integration ${user} has an expression for ${name}. Activate one without it first.`;
      throw new ProblemError('attributeInUse', detail);
    }
    if (!(await this.settings.deleteAttribute(tenant.id, name))) throw notFound();
    await this.audit.note(caller, tenant.id, 'attribute.delete', name);
    return undefined;
  }

  /** The first integration whose active mapping has an expression for the attribute. */
  private async integrationUsing(tenantId: TenantId, name: string): Promise<string | null> {
    for await (const { id, activeMappingVersion } of everyIntegration(this.settings, tenantId)) {
      if (activeMappingVersion === null) continue;
      const mapping = await this.settings.mapping(tenantId, id, activeMappingVersion);
      if (mapping !== null && Object.hasOwn(mapping.definition.attributes, name)) return id;
    }
    return null;
  }
}

function requireStandardShape(standard: AttributeDefinition, body: { type: string; required: boolean }): void {
  const errors = [
    ...(body.type === standard.type
      ? []
      : [{ pointer: '/type', code: 'notAllowed', message: `${standard.name} is of the type ${standard.type}.` }]),
    ...(body.required || !standard.required
      ? []
      : [{ pointer: '/required', code: 'notAllowed', message: `${standard.name} is always required.` }]),
  ];
  if (errors.length > 0) {
    throw new ProblemError('unprocessable', `${standard.name} is a standard attribute: it keeps its type.`, errors);
  }
}

function requireCustomName(name: string): void {
  if (customAttributeName.test(name)) return;
  const message = 'An own attribute is called custom.<name>: a letter, then up to 63 letters, digits or underscores.';
  throw new ProblemError('unprocessable', message, [{ parameter: 'name', code: 'invalid', message }]);
}
