import type { Standalone } from '#standalone';
import type { AcmeSimulator } from '../../../connectors/acme-hr/simulator/src/index.js';
import { benchMapping } from '../../bench/bench-mapping.js';
import { type AcmeTenant, createAcmeTenant } from '../../support/acme-tenant.js';
import { startMarkedSimulator } from '../../support/marked-simulator.js';
import { MusterApi, type SyncAnswer } from '../../support/muster-api.js';
import { adminKey } from '../killable-muster.js';
import { differences, Normaliser, type Picture, pictureOfStores, pictureOfSync } from '../picture.js';
import { approve, queue, uncounted } from '../sync-steps.js';
import type { Fleet } from './fleet.js';
import type { HarmedStores } from './harmed-stores.js';

export interface CompanyOptions {
  name: string;
  people: number;
  seed: number;
  pageSize: number;
  /** Of the mapping: how long planning takes. */
  expressions: number;
}

/** One company, whose source two Musters read: a calm one and one that is harmed. Both must end up equal. */
export class TwinCompany {
  readonly syncs: { calm: string[]; harmed: string[] } = { calm: [], harmed: [] };

  private constructor(
    readonly options: CompanyOptions,
    readonly source: AcmeSimulator,
    private readonly calm: Standalone,
    private readonly calmTenant: AcmeTenant,
    private readonly fleet: Fleet,
    readonly tenant: AcmeTenant,
  ) {}

  static async create(options: CompanyOptions, calm: Standalone, fleet: Fleet): Promise<TwinCompany> {
    const { name, people, seed, pageSize, expressions } = options;
    const source = await startMarkedSimulator({ people, seed, oddShare: 0.01 });
    const tenant = {
      name,
      config: { ...source.config, pageSize },
      secrets: source.secrets,
      ...benchMapping(expressions),
    };
    const calmTenant = await createAcmeTenant(new MusterApi(calm.url, adminKey), tenant);
    return new TwinCompany(options, source, calm, calmTenant, fleet, await createAcmeTenant(fleet.api, tenant));
  }

  private get calmApi(): MusterApi {
    return new MusterApi(this.calm.url, adminKey);
  }

  /** The sync of the harmed Muster that was queued last. */
  get sync(): string {
    return this.syncs.harmed.at(-1) ?? '';
  }

  /** The whole sync in the calm Muster, approved where something is held. */
  async runCalm(): Promise<SyncAnswer> {
    const sync = await this.calmApi.runSync(this.calmTenant.tenant, this.calmTenant.integration, { mode: 'live' });
    this.syncs.calm.push(sync.id);
    return sync;
  }

  async approveCalm(sync: SyncAnswer): Promise<void> {
    await approve(this.calmApi, this.calmTenant, sync);
    await this.calmApi.ended(this.calmTenant.tenant, sync.id);
  }

  async queueHarmed(): Promise<void> {
    this.syncs.harmed.push(await queue(this.fleet.api, this.tenant));
  }

  async approveHarmed(sync: SyncAnswer): Promise<void> {
    await approve(this.fleet.api, this.tenant, sync);
  }

  /** The source takes so long for each answer. */
  slowDown(delayMs: number): void {
    if (delayMs === 0) this.source.behave('slow');
    else this.source.misbehave({ kind: 'slow', delayMs });
  }

  /** What the API shows otherwise of the last sync, and of everyone, than in the calm Muster. */
  async compareSync(when: string): Promise<string[]> {
    const { api } = this.fleet;
    const expected = await this.picture(this.calmApi, this.calmTenant, this.syncs.calm);
    const actual = await this.picture(api, this.tenant, this.syncs.harmed);
    const name = `${this.options.name}, ${when}`;
    const counted = uncounted(name, await api.sync(this.tenant.tenant, this.sync), actual);
    return [...counted, ...differences(expected, actual).map((line) => `${name}: ${line}`)];
  }

  /** What the stores hold otherwise. Dead letters belong to no tenant, and are judged apart. */
  async compareStores(stores: HarmedStores): Promise<string[]> {
    const { app } = this.calm;
    const calm = new Normaliser(this.calmTenant, this.syncs.calm);
    const harmed = new Normaliser(this.tenant, this.syncs.harmed);
    const expected = await pictureOfStores((token) => app.get(token as never), this.calmTenant, calm);
    const actual = await pictureOfStores((token) => stores.part(token), this.tenant, harmed);
    for (const picture of [expected, actual]) picture.delete('dead letters');
    return differences(expected, actual).map((line) => `${this.options.name}, in the stores: ${line}`);
  }

  async stop(): Promise<void> {
    await this.source.stop();
  }

  private picture(api: MusterApi, tenant: AcmeTenant, syncs: readonly string[]): Promise<Picture> {
    return pictureOfSync(api, tenant, syncs.at(-1) ?? '', new Normaliser(tenant, syncs));
  }
}
