import type { ApiClient } from '../api/api-client.js';
import type { AnswerTo, Connector, Tenant } from '#api-client';
import { isCalled } from '../find-integration.js';
import type { PlanContext } from './plan-integration.js';
import { planSettings } from './plan-settings.js';
import { everything, type PresentSettings, readSettings } from './present-settings.js';
import type { SettingsChange } from './settings-change.js';
import { type AboutLine, mistaken, type SettingsDocument, told } from './settings-file.js';

/** What a document of a file makes of its tenant. */
export interface TenantPlan {
  document: SettingsDocument;
  name: string;
  /** Null: the first change creates it. */
  present: PresentSettings | null;
  changes: SettingsChange[];
}

interface Apis {
  api: ApiClient;
  apiOf: (tenantId: string) => ApiClient;
}

export interface PlanOptions {
  replaceSecrets: boolean;
  prune: boolean;
  /** The tenant in use was named for this very command: the file may not name another. */
  isTenantChosen: boolean;
}

/**
 * Compares each document of a file with its tenant: the one that it names, else the one in use.
 *
 * @throws CliError with every mistake and its place
 */
export async function planFile(
  file: string,
  documents: readonly SettingsDocument[],
  { api, apiOf }: Apis,
  { replaceSecrets, prune, isTenantChosen }: PlanOptions,
): Promise<TenantPlan[]> {
  const me = await api.request('GET', '/v1/me');
  const { items: tenants } = await api.tenants(everything);
  const connectors = new Connectors(api);
  const plans: TenantPlan[] = [];
  const mistakes: AboutLine[] = [];
  for (const document of documents) {
    const { settings, place } = document;
    const wanted = settings.tenant?.name;
    const isInUse = wanted === undefined || isTenantChosen;
    const found = isInUse ? await api.inTenant('GET', '') : named(wanted, tenants);
    const name = wanted ?? (found as Tenant).name;
    const refusal = refusalOf(name, found, me, plans);
    if (refusal !== null) {
      mistakes.push(...told([{ path: wanted === undefined ? [] : ['tenant', 'name'], message: refusal }], place));
      continue;
    }
    const present = found === null || found === 'several' ? null : await readSettings(apiOf(found.id));
    const context = { connectors: await connectors.of(document, present), replaceSecrets, prune };
    const plan = planSettings(settings, present, context);
    mistakes.push(...told(plan.mistakes, place));
    plans.push({ document, name, present, changes: plan.changes });
  }
  if (mistakes.length > 0) throw mistaken(file, mistakes);
  return plans;
}

function named(name: string, tenants: readonly Tenant[]): Tenant | 'several' | null {
  const [found = null, ...others] = tenants.filter((tenant) => tenant.name === name);
  return others.length > 0 ? 'several' : found;
}

/** Why a tenant can't be worked on; null: it can. */
function refusalOf(
  name: string,
  found: Tenant | 'several' | null,
  me: AnswerTo<'/v1/me'>,
  plans: readonly TenantPlan[],
): string | null {
  if (found === 'several') return 'Several tenants are called so: say which one with --tenant <id>.';
  if (found !== null && found.name !== name) return 'This is another tenant than --tenant says: correct one of them.';
  if (plans.some((plan) => plan.name === name)) return 'The file has this tenant twice: put both parts together.';
  if (found !== null || me.role === 'operator') return null;
  return 'The key sees no tenant of this name, and only an operator’s creates one: correct the name, or leave it out for the tenant in use.';
}

/** Connectors as the server describes them, each asked for once. */
class Connectors {
  private readonly found = new Map<string, Connector>();
  private ids: Set<string> | null = null;

  constructor(private readonly api: ApiClient) {}

  /** Those that integrations of a document are of, where the server has them. */
  async of({ settings }: SettingsDocument, present: PresentSettings | null): Promise<PlanContext['connectors']> {
    this.ids ??= new Set((await this.api.request('GET', '/v1/connectors')).items.map(({ id }) => id));
    for (const [name, { connectorId }] of Object.entries(settings.integrations ?? {})) {
      const old = present?.integrations.find(({ integration }) => isCalled(integration, name));
      const id = old?.integration.connectorId ?? connectorId;
      if (id === undefined || !this.ids.has(id) || this.found.has(id)) continue;
      this.found.set(id, await this.api.request('GET', '/v1/connectors/{connector}', { path: { connector: id } }));
    }
    return this.found;
  }
}
