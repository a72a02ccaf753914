import { isDeepStrictEqual } from 'node:util';
import { Controller } from '@nestjs/common';
import { z } from 'zod';
import {
  Clock,
  defaultSafeguardLimits,
  type Integration,
  type RateBudget,
  type SafeguardLimits,
  type Schedule,
  SettingsStore,
  standings,
  type Tenant,
  type TenantId,
  everyIntegration,
} from '#core';
import { ConnectorRegistry } from '#connector-sdk';
import { nextRun } from '#schedule';
import { Audit } from '../../../access/audit.js';
import { Answer, entityTag } from '../../../http/answer.js';
import { type Caller, hasRole } from '../../../http/caller.js';
import { defineEndpoint, Endpoint, type InputOf } from '../../../http/endpoint.js';
import { contactList, jsonValue, line } from '../../../http/fields.js';
import { decodeCursor, pageOf, pageQuery, toPage } from '../../../http/page.js';
import { notFound, ProblemError } from '../../../http/problem.errors.js';
import { idOfMade } from '../../../http/repeatable-requests.js';
import { precedence } from '../../words.js';
import { requireConnectionRights } from './connection-rules.js';
import { checkConnectorSettings } from './connector-settings.js';
import { IntegrationReader } from './integration-reader.js';
import { IntegrationSecrets } from './integration-secrets.js';
import { integrationView, safeguardShares } from './integration-view.js';
import { rateBudgetField, rateBudgetText, toRateBudget } from './rate-budget-settings.js';
import { scheduleField, toSchedule } from './schedule-settings.js';

const safeguards = z
  .strictObject(safeguardShares)
  .partial()
  .describe('Shares from 0 to 1; what is left out keeps its value.');
const name = line(200).describe('As people call it.');
const enabled = z.boolean().describe('False: its source is not read, neither by itself nor when asked.');
const standing = z.enum(standings).describe('`live` from the start, or by hand, takes an operator.');
const onLeavingScope = z
  .enum(['deprovision', 'keep'])
  .describe('What becomes of people whom the mapping’s scope leaves out.');
const contacts = contactList('look after it and are sent its notices');
const rateBudget = rateBudgetField
  .nullable()
  .describe('How often its source may be asked over HTTP, by all that ask it together; null: as its connector says.');
const schedule = scheduleField.nullable().describe('When it runs by itself; null: only when somebody asks.');
const settingsObject = z.record(z.string(), jsonValue);
const configField = settingsObject.describe('As the connector’s `config` schema says.');
const secretsField = settingsObject.describe('As the connector’s `secrets` schema says. Write-only.');
const secretsChanged = settingsObject.describe(
  'The secrets that change; those that are left out stay, null takes one away. Write-only.',
);

const createIntegration = defineEndpoint({
  method: 'POST',
  path: '/v1/tenants/{tenant}/integrations',
  role: 'admin',
  idempotencyKey: 'optional',
  summary: 'Connect a source',
  description: 'One of a `custom` connector is connected by an operator; see its `traits`.',
  body: z.strictObject({
    name,
    connectorId: line(100).describe('Its kind: the id of a connector.'),
    config: configField,
    secrets: secretsField,
    enabled: enabled.default(true),
    precedence: precedence.default('primary'),
    standing: standing.default('observe'),
    onLeavingScope: onLeavingScope.default('deprovision'),
    safeguards: safeguards.default({}),
    contacts: contacts.default([]),
    rateBudget: rateBudget.default(null),
    schedule: schedule.default(null),
  }),
  status: 201,
  etag: true,
  response: integrationView,
  problems: ['nameTaken'],
});

const listIntegrations = defineEndpoint({
  method: 'GET',
  path: '/v1/tenants/{tenant}/integrations',
  role: 'viewer',
  summary: 'The tenant’s sources',
  query: z.strictObject(pageQuery),
  response: pageOf(integrationView),
});

const getIntegration = defineEndpoint({
  method: 'GET',
  path: '/v1/tenants/{tenant}/integrations/{integration}',
  role: 'viewer',
  summary: 'One source',
  etag: true,
  response: integrationView,
});

const updateIntegration = defineEndpoint({
  method: 'PATCH',
  path: '/v1/tenants/{tenant}/integrations/{integration}',
  role: 'admin',
  summary: 'Change a source’s settings',
  description:
    'Fields that are left out stay; `config`, `rateBudget` and `schedule` are replaced as a whole, `secrets` one by one. Queued syncs keep what they were queued with, the rate budget aside, which holds within seconds. Another schedule, enabling or resuming starts with the next regular run. `config` and `secrets` of a `custom` connector are changed by an operator only.',
  ifMatch: 'required',
  body: z.strictObject({
    name: name.optional(),
    config: configField.optional(),
    secrets: secretsChanged.optional(),
    enabled: enabled.optional(),
    precedence: precedence.optional(),
    standing: standing.optional(),
    onLeavingScope: onLeavingScope.optional(),
    safeguards: safeguards.optional(),
    contacts: contacts.optional(),
    rateBudget: rateBudget.optional(),
    schedule: schedule.optional(),
    paused: z.literal(false).optional().describe('`false` resumes what an undo has paused.'),
  }),
  etag: true,
  response: integrationView,
  problems: ['nameTaken'],
});

function isCalled({ name }: Integration, wanted: string): boolean {
  return name.toLowerCase() === wanted.toLowerCase();
}

type SafeguardChanges = { [Rule in keyof SafeguardLimits]?: number | undefined };

@Controller()
export class IntegrationsController {
  constructor(
    private readonly settings: SettingsStore,
    private readonly connectors: ConnectorRegistry,
    private readonly secrets: IntegrationSecrets,
    private readonly reader: IntegrationReader,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  @Endpoint(createIntegration)
  async create({ tenant, body, caller, repeatSeed }: InputOf<typeof createIntegration>) {
    requireOperatorForLive(caller, body.standing);
    const connector = this.connectors.get(body.connectorId);
    if (connector === undefined) throw unknownConnector();
    requireConnectionRights(caller, connector, { present: null, body });
    const { config = {}, secrets = {} } = checkConnectorSettings(connector, body);
    const id = idOfMade('integration', repeatSeed);
    const made = repeatSeed === null ? null : await this.settings.integration(tenant.id, id);
    if (made !== null) return this.toAnswer(made);
    await this.requireFreeName(tenant.id, body.name);
    const integration: Integration = {
      id,
      tenantId: tenant.id,
      name: body.name,
      connectorId: body.connectorId,
      config,
      enabled: body.enabled,
      precedence: body.precedence,
      standing: body.standing,
      onLeavingScope: body.onLeavingScope,
      safeguards: withSafeguards(defaultSafeguardLimits, body.safeguards),
      contacts: body.contacts,
      rateBudget: toRateBudget(body.rateBudget, connector),
      schedule: this.scheduleOf(body.schedule, tenant),
      paused: null,
      activeMappingVersion: null,
      revision: 1,
      createdAt: this.clock.now(),
    };
    const sealed = this.secrets.seal(tenant.id, secrets);
    await this.settings.createIntegration(integration, sealed, this.firstRun(integration));
    await this.audit.note(
      caller,
      tenant.id,
      'integration.create',
      integration.id,
      `${body.connectorId}, ${body.standing}`,
    );
    await this.noteLoosened(caller, integration, defaultSafeguardLimits);
    await this.noteRateBudget(caller, integration, null);
    return this.toAnswer(integration);
  }

  @Endpoint(listIntegrations)
  async list({ tenant, query: { limit, cursor } }: InputOf<typeof listIntegrations>) {
    const found = await this.settings.integrations(tenant.id, { after: decodeCursor(cursor), limit: limit + 1 });
    const page = toPage(
      found,
      limit,
      ({ id }) => id,
      (integration) => integration,
    );
    return { items: await this.reader.read(tenant.id, page.items), nextCursor: page.nextCursor };
  }

  @Endpoint(getIntegration)
  async read({ tenant, params }: InputOf<typeof getIntegration>) {
    const integration = await this.settings.integration(tenant.id, params.integration);
    if (integration === null) throw notFound();
    return this.toAnswer(integration);
  }

  @Endpoint(updateIntegration)
  async update(input: InputOf<typeof updateIntegration>) {
    for (;;) {
      const answer = await this.change(input);
      if (answer !== null) return answer;
    }
  }

  /** Null when the source has renewed a secret of its own at this moment: the change is to be made on what is stored now. */
  private async change({ tenant, params, body, caller, ifMatch }: InputOf<typeof updateIntegration>) {
    const present = await this.settings.integration(tenant.id, params.integration);
    if (present === null) throw notFound();
    if (present.revision !== ifMatch) throw changedMeanwhile();
    if (present.standing !== 'live') requireOperatorForLive(caller, body.standing);
    const connector = this.connectors.get(present.connectorId);
    if (connector === undefined && (body.config ?? body.secrets) !== undefined) throw unknownConnector();
    if (connector !== undefined) requireConnectionRights(caller, connector, { present, body });
    const merged =
      body.secrets === undefined ? undefined : await this.secrets.changed(tenant.id, present.id, body.secrets);
    const checked =
      connector === undefined
        ? { config: undefined, secrets: undefined }
        : checkConnectorSettings(connector, { config: body.config, secrets: merged?.secrets });
    if (body.name !== undefined && !isCalled(present, body.name)) await this.requireFreeName(tenant.id, body.name);
    const changed: Integration = {
      ...present,
      name: body.name ?? present.name,
      config: checked.config ?? present.config,
      enabled: body.enabled ?? present.enabled,
      precedence: body.precedence ?? present.precedence,
      standing: body.standing ?? present.standing,
      onLeavingScope: body.onLeavingScope ?? present.onLeavingScope,
      safeguards: withSafeguards(present.safeguards, body.safeguards ?? {}),
      contacts: body.contacts ?? present.contacts,
      rateBudget: body.rateBudget === undefined ? present.rateBudget : toRateBudget(body.rateBudget, connector),
      schedule: body.schedule === undefined ? present.schedule : this.scheduleOf(body.schedule, tenant),
      paused: body.paused === false ? null : present.paused,
    };
    const sealed =
      merged === undefined || checked.secrets === undefined
        ? null
        : { from: merged.from, to: this.secrets.seal(tenant.id, checked.secrets) };
    const isSameSchedule = isDeepStrictEqual(timingOf(changed), timingOf(present));
    const result = isSameSchedule
      ? await this.settings.updateIntegration(changed, sealed)
      : await this.settings.updateIntegration(changed, sealed, this.firstRun(changed));
    if (result === 'unknown') throw notFound();
    if (result === 'stale') throw changedMeanwhile();
    if (result === 'secretsChanged') return null;
    await this.audit.note(caller, tenant.id, 'integration.update', changed.id, Object.keys(body).join(', '));
    await this.noteLoosened(caller, changed, present.safeguards);
    await this.noteRateBudget(caller, changed, present.rateBudget);
    return this.toAnswer({ ...changed, revision: present.revision + 1 });
  }

  /** People and settings files name integrations by their names, whatever their case. Two who take one at the same moment both have it. */
  private async requireFreeName(tenantId: TenantId, name: string): Promise<void> {
    for await (const other of everyIntegration(this.settings, tenantId)) {
      if (!isCalled(other, name)) continue;
      const message = `Integration ${other.id} of this tenant has that name already.`;
      throw new ProblemError('nameTaken', message, [{ pointer: '/name', code: 'notAllowed', message }]);
    }
  }

  private async noteLoosened(caller: Caller, integration: Integration, before: SafeguardLimits): Promise<void> {
    const loosened = Object.entries(integration.safeguards)
      .filter(([rule, limit]) => limit > before[rule as keyof SafeguardLimits])
      .map(([rule, limit]) => `${rule} ${String(before[rule as keyof SafeguardLimits])} → ${String(limit)}`);
    if (loosened.length === 0) return;
    await this.audit.note(caller, integration.tenantId, 'safeguards.loosen', integration.id, loosened.join(', '));
  }

  private async noteRateBudget(
    caller: Caller,
    { tenantId, id, rateBudget: after }: Integration,
    before: RateBudget | null,
  ): Promise<void> {
    const [from, to] = [rateBudgetText(before), rateBudgetText(after)];
    if (from !== to) await this.audit.note(caller, tenantId, 'integration.rateBudget', id, `${from} → ${to}`);
  }

  private scheduleOf(given: z.output<typeof schedule>, tenant: Tenant): Schedule | null {
    return given === null ? null : toSchedule(given, tenant, this.clock.now());
  }

  /** When the integration's schedule, begun now, runs first; null when it does not run. */
  private firstRun({ enabled, paused, schedule: set }: Integration): string | null {
    return enabled && paused === null && set !== null ? nextRun(set, this.clock.now()) : null;
  }

  private async toAnswer(integration: Integration) {
    const [view] = await this.reader.read(integration.tenantId, [integration]);
    if (view === undefined) throw notFound();
    return new Answer(view, { headers: { etag: entityTag(integration.revision) } });
  }
}

/** What decides when an integration runs by itself. */
function timingOf({ enabled, paused, schedule: set }: Integration) {
  return { enabled, paused, schedule: set };
}

function withSafeguards(limits: SafeguardLimits, changes: SafeguardChanges): SafeguardLimits {
  const given = Object.entries(changes).filter(([, limit]) => limit !== undefined);
  return { ...limits, ...(Object.fromEntries(given) as Partial<SafeguardLimits>) };
}

function requireOperatorForLive(caller: Caller, wanted: string | undefined): void {
  if (wanted !== 'live' || hasRole(caller, 'operator')) return;
  const detail =
    'Only an operator’s key may make an integration live by hand. Run a dry sync, look at it, and approve it.';
  throw new ProblemError('forbidden', detail, [{ pointer: '/standing', code: 'notAllowed', message: detail }]);
}

function unknownConnector(): ProblemError {
  const message = 'There is no such connector. GET /v1/connectors lists them.';
  return new ProblemError('unprocessable', message, [{ pointer: '/connectorId', code: 'notAllowed', message }]);
}

function changedMeanwhile(): ProblemError {
  const detail =
    'The integration has another revision than If-Match says. Read it again and repeat the change on that.';
  return new ProblemError('preconditionFailed', detail);
}
