import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Standalone } from '#standalone';
import type { AcmeSimulator } from '../../connectors/acme-hr/simulator/src/index.js';
import { type AcmeTenant, createAcmeTenant } from '../support/acme-tenant.js';
import { startMarkedSimulator } from '../support/marked-simulator.js';
import { MusterApi, type SyncAnswer } from '../support/muster-api.js';
import { benchMapping } from '../bench/bench-mapping.js';
import { companyStory } from './company-story.js';
import { adminKey, KillableMuster } from './killable-muster.js';
import { differences, Normaliser, type Picture, pictureOfStores, pictureOfSync } from './picture.js';
import { SeededRandom } from './seeded-random.js';
import { approve, queue, uncounted } from './sync-steps.js';
import { openUndisturbed } from './undisturbed-muster.js';
import { type WorkState, workStates } from './work-state.js';

/** Where a kill falls: in a state of the sync, or in the start of the process, before it listens. */
export const killPoints = [...workStates, 'starting'] as const;
export type KillPoint = (typeof killPoints)[number];

/** Enough for planning to last a while after the fetch. */
const expressions = 60;

export interface KillPlan {
  /** At least so many; a company's story is always told to its end. */
  kills: number;
  people: number;
  seed: number;
  say?: (line: string) => void;
}

export interface KillReport {
  kills: number;
  /** By the state that was read just before. */
  byPoint: Record<KillPoint, number>;
  companies: number;
  syncs: number;
  /** From the start of the process until it listened. */
  restartMs: number[];
  /** From listening after a sync's last kill until it ended by itself. */
  recoveryMs: number[];
  /** What is not as in the undisturbed run. */
  differences: string[];
}

/**
 * Tells the stories of companies to two Musters at once: one is left alone, the other is killed again and again while it
 * syncs. After every sync, and at the end, all that can be seen of them must be equal.
 */
export async function killStandalone(plan: KillPlan): Promise<KillReport> {
  const report: KillReport = {
    kills: 0,
    byPoint: { queued: 0, fetching: 0, planning: 0, settling: 0, applying: 0, starting: 0 },
    companies: 0,
    syncs: 0,
    restartMs: [],
    recoveryMs: [],
    differences: [],
  };
  const random = new SeededRandom(plan.seed);
  while (report.kills < plan.kills && report.differences.length === 0) {
    await new CompanyRun(plan, random, report).run();
    report.companies += 1;
  }
  return report;
}

class CompanyRun {
  private readonly syncs: { calm: string[]; killed: string[] } = { calm: [], killed: [] };

  constructor(
    private readonly plan: KillPlan,
    private readonly random: SeededRandom,
    private readonly report: KillReport,
  ) {}

  async run(): Promise<void> {
    const { people } = this.plan;
    const folder = mkdtempSync(path.join(tmpdir(), 'muster-chaos-'));
    const source = await startMarkedSimulator({ people, seed: this.random.whole(1, 1_000_000), oddShare: 0.01 });
    const calm = await openUndisturbed(path.join(folder, 'calm'));
    const killed = await KillableMuster.start(path.join(folder, 'killed'));
    try {
      // Small pages: many links of the chain, a busy fetch. Large ones: the fetch is soon over, planning is busy.
      const pageSize = this.random.pick([100, 500]);
      const config = { ...source.config, pageSize };
      const options = { config, secrets: source.secrets, ...benchMapping(expressions) };
      const calmTenant = await createAcmeTenant(new MusterApi(calm.url, adminKey), options);
      const killedTenant = await createAcmeTenant(killed.api, options);
      for (const { name, happen } of companyStory) {
        happen(source, people, this.random);
        await this.syncBoth(name, source, { standalone: calm, tenant: calmTenant }, { killed, tenant: killedTenant });
        if (this.report.differences.length > 0) return;
      }
      await killed.finish();
      const calmStores = await this.stores(calm, calmTenant, this.syncs.calm);
      const reopened = await openUndisturbed(path.join(folder, 'killed'));
      try {
        this.compare('at the end', calmStores, await this.stores(reopened, killedTenant, this.syncs.killed));
      } finally {
        await reopened.close();
      }
    } catch (error) {
      killed.mustRun();
      throw error;
    } finally {
      await killed.kill().catch(() => undefined);
      await calm.close();
      await source.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  }

  private async syncBoth(
    name: string,
    source: AcmeSimulator,
    calm: { standalone: Standalone; tenant: AcmeTenant },
    { killed, tenant }: { killed: KillableMuster; tenant: AcmeTenant },
  ): Promise<void> {
    // A fast source keeps planning busy after the fetch, a slow one keeps the fetch busy.
    const delayMs = this.random.pick([0, 0, 5, 15]);
    if (delayMs === 0) source.behave('slow');
    else source.misbehave({ kind: 'slow', delayMs });
    const api = new MusterApi(calm.standalone.url, adminKey);
    let undisturbed = await api.runSync(calm.tenant.tenant, calm.tenant.integration, { mode: 'live' });
    this.syncs.calm.push(undisturbed.id);
    const typical = typicalMs(undisturbed, delayMs);
    const id = await queue(killed.api, tenant);
    const ended = await this.fire(killed, tenant, id, typical);
    if (undisturbed.state === 'awaitingApproval' && ended.state === 'awaitingApproval') {
      await approve(api, calm.tenant, undisturbed);
      undisturbed = await api.ended(calm.tenant.tenant, undisturbed.id);
      await approve(killed.api, tenant, ended);
      await this.fire(killed, tenant, id, typical);
    }
    this.syncs.killed.push(id);
    this.report.syncs += 1;

    const expected = await this.picture(api, calm.tenant, this.syncs.calm);
    const actual = await this.picture(killed.api, tenant, this.syncs.killed);
    this.report.differences.push(...uncounted(name, await killed.api.sync(tenant.tenant, id), actual));
    this.compare(name, expected, actual);
    this.plan.say?.(`${name}: ${undisturbed.summary}`);
  }

  /** Kills Muster 2 to 4 times before the sync ends, mostly in a state that was hit seldom so far; gives the ended sync. */
  private async fire(
    muster: KillableMuster,
    { tenant }: AcmeTenant,
    id: string,
    typical: Record<WorkState, number>,
  ): Promise<SyncAnswer> {
    let reached: WorkState = 'queued';
    for (let left = this.random.whole(2, 4); left > 0; left -= 1) {
      const target = this.mostlyLeastHit(reached);
      const hit = await this.waitFor(muster.api, tenant, id, target, this.random.next() * typical[target]);
      if (hit === null) break;
      reached = hit;
      // An answer has just left: the process is between two turns of its loop, and must be hit inside one as well.
      await sleep(this.random.next() * 15);
      await muster.kill();
      this.note(hit);
      if (this.random.next() < 0.25) {
        // Work is taken up again shortly before the process listens.
        const usualMs = this.report.restartMs.at(-1) ?? 1000;
        await muster.restartAndKillAfter((0.6 + 0.6 * this.random.next()) * usualMs);
        this.note('starting');
      }
      this.report.restartMs.push(await muster.restart());
    }
    const startedAt = performance.now();
    const ended = await muster.api.ended(tenant, id, 60_000);
    this.report.recoveryMs.push(performance.now() - startedAt);
    return ended;
  }

  private note(point: KillPoint): void {
    this.report.kills += 1;
    this.report.byPoint[point] += 1;
    this.plan.say?.(`kill ${String(this.report.kills)}: ${point}`);
  }

  private mostlyLeastHit(from: WorkState): WorkState {
    const possible = workStates.slice(workStates.indexOf(from));
    const weights = possible.map((state) => 1 / (1 + this.report.byPoint[state]) ** 2);
    let place = this.random.next() * weights.reduce((sum, weight) => sum + weight, 0);
    return possible.find((_, index) => (place -= weights[index] ?? 0) < 0) ?? from;
  }

  /** The state in which the sync is `delayMs` after it has come to `target`; null when it ended before. */
  private async waitFor(
    api: MusterApi,
    tenant: string,
    id: string,
    target: WorkState,
    delayMs: number,
  ): Promise<WorkState | null> {
    for (let reachedAt: number | null = null; ;) {
      const { state } = await api.sync(tenant, id);
      const at = workStates.findIndex((known) => known === state);
      if (at < 0) return null;
      if (at >= workStates.indexOf(target)) reachedAt ??= performance.now();
      const leftMs = reachedAt === null ? 3 : reachedAt + delayMs - performance.now();
      if (leftMs <= 0) return workStates[at] ?? null;
      await sleep(leftMs);
    }
  }

  private picture(api: MusterApi, tenant: AcmeTenant, syncs: readonly string[]): Promise<Picture> {
    return pictureOfSync(api, tenant, syncs.at(-1) ?? '', new Normaliser(tenant, syncs));
  }

  private stores({ app }: Standalone, tenant: AcmeTenant, syncs: readonly string[]): Promise<Picture> {
    return pictureOfStores((token) => app.get(token as never), tenant, new Normaliser(tenant, syncs));
  }

  private compare(when: string, expected: Picture, actual: Picture): void {
    this.report.differences.push(...differences(expected, actual).map((line) => `${when}: ${line}`));
  }
}

function typicalMs({ createdAt, startedAt, ...sync }: SyncAnswer, delayMs: number): Record<WorkState, number> {
  const { plannedAt, settledAt, endedAt } = sync as { plannedAt?: string; settledAt?: string; endedAt: string | null };
  const between = (from: string | null | undefined, to: string | null | undefined): number =>
    Math.max(2, Date.parse(to ?? '') - Date.parse(from ?? '') || 0);
  const untilPlanned = between(startedAt, plannedAt);
  return {
    queued: between(createdAt, startedAt),
    fetching: untilPlanned * (delayMs === 0 ? 0.6 : 0.95),
    planning: untilPlanned * (delayMs === 0 ? 0.4 : 0.05),
    settling: between(plannedAt, settledAt),
    applying: between(settledAt, endedAt),
  };
}
