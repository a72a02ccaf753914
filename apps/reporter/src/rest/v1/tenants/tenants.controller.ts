import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { Clock, SettingsStore, type Tenant } from '#core';
import { Audit } from '../../access/audit.js';
import { Answer, entityTag } from '../../http/answer.js';
import { defineEndpoint, Endpoint, type InputOf } from '../../http/endpoint.js';
import { contactList, line, timeZone } from '../../http/fields.js';
import { decodeCursor, pageOf, pageQuery, toPage } from '../../http/page.js';
import { notFound, ProblemError } from '../../http/problem.errors.js';
import { idOfMade } from '../../http/repeatable-requests.js';
import { time } from '../words.js';

const name = line(200).describe('As people call it.');
const zone = timeZone.describe('IANA time zone: decides on which day a termination date is reached.');
const delayDays = z.int().min(0).max(3650).describe('Days between the end of access and anonymisation.');

const contacts = contactList('are sent the notices of all its integrations');

const tenantView = z
  .object({
    id: z.string(),
    name: z.string(),
    timeZone: z.string().describe('IANA time zone: decides on which day a termination date is reached.'),
    deprovisioningDelayDays: z.int().describe('Days between the end of access and anonymisation.'),
    contacts: z
      .array(z.string())
      .describe('E-mail addresses of those who are sent the notices of all its integrations.'),
    revision: z.int().describe('Rises with each change of the fields above; what If-Match names.'),
    createdAt: time,
  })
  .meta({ id: 'Tenant' });

const createTenant = defineEndpoint({
  method: 'POST',
  path: '/v1/tenants',
  role: 'operator',
  idempotencyKey: 'optional',
  summary: 'Create a tenant',
  body: z.strictObject({
    name,
    timeZone: zone.default('UTC'),
    deprovisioningDelayDays: delayDays.default(7),
    contacts: contacts.default([]),
  }),
  status: 201,
  response: tenantView,
  etag: true,
});

const listTenants = defineEndpoint({
  method: 'GET',
  path: '/v1/tenants',
  role: 'viewer',
  summary: 'The tenants that this key sees',
  query: z.strictObject(pageQuery),
  response: pageOf(tenantView),
});

const getTenant = defineEndpoint({
  method: 'GET',
  path: '/v1/tenants/{tenant}',
  role: 'viewer',
  summary: 'One tenant',
  response: tenantView,
  etag: true,
});

const updateTenant = defineEndpoint({
  method: 'PATCH',
  path: '/v1/tenants/{tenant}',
  role: 'admin',
  summary: 'Change a tenant’s settings',
  ifMatch: 'required',
  description: 'Fields that are left out stay. Syncs that are queued already keep the settings they were queued with.',
  body: z.strictObject({
    name: name.optional(),
    timeZone: zone.optional(),
    deprovisioningDelayDays: delayDays.optional(),
    contacts: contacts.optional(),
  }),
  response: tenantView,
  etag: true,
});

@Controller()
export class TenantsController {
  constructor(
    private readonly settings: SettingsStore,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  @Endpoint(createTenant)
  async create({ body, caller, repeatSeed }: InputOf<typeof createTenant>) {
    const id = idOfMade('tenant', repeatSeed);
    const made = repeatSeed === null ? null : await this.settings.tenant(id);
    if (made !== null) return toAnswer(made);
    const tenant: Tenant = { id, ...body, revision: 1, attributesRevision: 1, createdAt: this.clock.now() };
    await this.settings.createTenant(tenant);
    await this.audit.note(caller, tenant.id, 'tenant.create', tenant.id);
    return toAnswer(tenant);
  }

  @Endpoint(listTenants)
  async list({ query: { limit, cursor }, caller }: InputOf<typeof listTenants>) {
    const after = decodeCursor(cursor);
    if (caller.tenantId !== null) {
      const own = await this.settings.tenant(caller.tenantId);
      return { items: own === null || after !== null ? [] : [toView(own)], nextCursor: null };
    }
    const tenants = await this.settings.tenants({ after, limit: limit + 1 });
    return toPage(tenants, limit, ({ id }) => id, toView);
  }

  @Endpoint(getTenant)
  async read({ tenant }: InputOf<typeof getTenant>) {
    return toAnswer(tenant);
  }

  @Endpoint(updateTenant)
  async update({ tenant, body, caller, ifMatch }: InputOf<typeof updateTenant>) {
    if (tenant.revision !== ifMatch) throw changedMeanwhile();
    const changed: Tenant = {
      ...tenant,
      name: body.name ?? tenant.name,
      timeZone: body.timeZone ?? tenant.timeZone,
      deprovisioningDelayDays: body.deprovisioningDelayDays ?? tenant.deprovisioningDelayDays,
      contacts: body.contacts ?? tenant.contacts,
    };
    const result = await this.settings.updateTenant(changed);
    if (result === 'unknown') throw notFound();
    if (result === 'stale') throw changedMeanwhile();
    await this.audit.note(caller, tenant.id, 'tenant.update', tenant.id, Object.keys(body).join(', '));
    return toAnswer({ ...changed, revision: tenant.revision + 1 });
  }
}

function changedMeanwhile(): ProblemError {
  return new ProblemError('preconditionFailed', 'The tenant has another revision than If-Match says. Read it again.');
}

function toAnswer(tenant: Tenant): Answer<z.input<typeof tenantView>> {
  return new Answer(toView(tenant), { headers: { etag: entityTag(tenant.revision) } });
}

function toView({
  id,
  name,
  timeZone: itsZone,
  deprovisioningDelayDays,
  contacts: told,
  revision,
  createdAt,
}: Tenant): z.input<typeof tenantView> {
  return { id, name, timeZone: itsZone, deprovisioningDelayDays, contacts: told, revision, createdAt };
}
