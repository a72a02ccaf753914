import { isDeepStrictEqual } from 'node:util';
import type { ApiClient } from '../api/api-client.js';
import type { BodyOf, Integration } from '#api-client';
import { CliError } from '../cli.errors.js';
import type { Environment } from '../context.js';
import { exitCodes } from '../exit-codes.js';
import { isCalled } from '../find-integration.js';
import { ifMatch } from '../if-match.js';
import { everything } from './present-settings.js';
import { type SettingsChange, subject } from './settings-change.js';

type Change<Kind extends SettingsChange['kind']> = Extract<SettingsChange, { kind: Kind }>;

/**
 * Carries changes of one tenant out, one after the other. Each is refused when what it changes is no longer as it was
 * when the changes were planned: tenants and integrations by their revision, what has none
 * by a look right before.
 */
export class SettingsWriter {
  /** Integrations by name, as this writer last left them. */
  private readonly left = new Map<string, Integration>();

  /** `tenant`: null when the first change creates it. */
  constructor(
    private readonly api: ApiClient,
    private readonly apiOf: (tenantId: string) => ApiClient,
    private tenant: ApiClient | null,
    private readonly env: Environment,
  ) {}

  /** @throws ApiProblem or CliError when it is refused */
  async carryOut(change: SettingsChange): Promise<void> {
    switch (change.kind) {
      case 'tenant':
        return this.writeTenant(change);
      case 'attribute':
        return this.writeAttribute(change);
      case 'attributeGone':
        return this.removeAttribute(change);
      case 'integration':
        return this.writeIntegration(change);
      case 'schedule':
        return this.writeSchedule(change);
      case 'mapping':
        return this.writeMapping(change);
    }
  }

  private async writeTenant(change: Change<'tenant'>): Promise<void> {
    const { present, body, name } = change;
    if (present === null) {
      const { items } = await this.api.tenants(everything);
      if (items.some((tenant) => tenant.name === name)) throw changedMeanwhile(change);
      this.tenant = this.apiOf(
        (await this.api.request('POST', '/v1/tenants', { body: body as BodyOf<'/v1/tenants', 'POST'> })).id,
      );
      return;
    }
    await this.inTenant.inTenant('PATCH', '', { body, headers: ifMatch(present.revision) });
  }

  private async removeAttribute(change: Change<'attributeGone'>): Promise<void> {
    await this.requireSame(change);
    await this.inTenant.inTenant('DELETE', '/attributes/{name}', { path: { name: change.name } });
  }

  private async requireSame(change: Change<'attribute' | 'attributeGone'>): Promise<void> {
    const { items } = await this.inTenant.inTenant('GET', '/attributes');
    const now = items.find(({ name }) => name === change.name) ?? null;
    if (!isDeepStrictEqual(now, change.present)) throw changedMeanwhile(change);
  }

  private async writeAttribute(change: Change<'attribute'>): Promise<void> {
    const { body, name } = change;
    await this.requireSame(change);
    await this.inTenant.inTenant('PUT', '/attributes/{name}', {
      path: { name },
      body: body as BodyOf<'/v1/tenants/{tenant}/attributes/{name}', 'PUT'>,
    });
  }

  private async writeIntegration(change: Change<'integration'>): Promise<void> {
    const { present, body, name, secrets } = change;
    const entries = Object.entries(secrets).map(([secret, variable]) => [secret, this.env[variable] ?? '']);
    const values = Object.fromEntries(entries) as object;
    if (present === null) {
      const { items } = await this.inTenant.list('/integrations', {}, everything);
      if (items.some((other) => isCalled(other, name))) throw changedMeanwhile(change);
      const made = { ...body, secrets: values } as BodyOf<'/v1/tenants/{tenant}/integrations', 'POST'>;
      this.left.set(name, await this.inTenant.inTenant('POST', '/integrations', { body: made }));
      return;
    }
    const changed = { ...body, ...(entries.length === 0 ? {} : { secrets: values }) };
    this.left.set(name, await this.patch(present, changed));
  }

  private async writeSchedule({ name, present, body }: Change<'schedule'>): Promise<void> {
    await this.patch(this.left.get(name) ?? present ?? this.leftAs(name), body);
  }

  private async writeMapping(change: Change<'mapping'>): Promise<void> {
    const { present, integrationId, body, name, saved } = change;
    const path = { integration: integrationId ?? this.leftAs(name).id };
    const now = await this.inTenant.inTenant('GET', '/integrations/{integration}', { path });
    if (now.activeMappingVersion !== (present?.version ?? null)) throw changedMeanwhile(change);
    const version =
      saved ?? (await this.inTenant.inTenant('POST', '/integrations/{integration}/mappings', { path, body })).version;
    await this.inTenant.inTenant('POST', '/integrations/{integration}/mappings/{version}/activate', {
      path: { ...path, version },
    });
  }

  private async patch({ id, revision }: Integration, body: object): Promise<Integration> {
    return this.inTenant.inTenant('PATCH', '/integrations/{integration}', {
      path: { integration: id },
      body,
      headers: ifMatch(revision),
    });
  }

  private get inTenant(): ApiClient {
    if (this.tenant === null) throw new Error('The tenant is made by the first change.');
    return this.tenant;
  }

  private leftAs(name: string): Integration {
    const left = this.left.get(name);
    if (left === undefined) throw new Error(`Integration ${name} is made by an earlier change.`);
    return left;
  }
}

function changedMeanwhile(change: SettingsChange): CliError {
  return new CliError(`Somebody else has changed ${subject(change)} meanwhile.`, exitCodes.conflict, [
    'Look at what is different now: the same command again',
  ]);
}
