import { setTimeout as sleep } from 'node:timers/promises';
import { type SyncId, SyncStore, type TenantId } from '#core';
import type { SyncAnswer } from '../../support/muster-api.js';
import { companyStory } from '../company-story.js';
import { toWorkState, type WorkState, workStates } from '../work-state.js';
import { DeadLettersCheck } from './dead-letters-check.js';
import type { Fault, Scene } from './fault.js';
import { addCounts, type FaultCounts } from './fault-counts.js';
import type { Surroundings } from './harm-fleet.js';
import { TwinCompany } from './twin-company.js';

/** A sync that has not ended so long after the last fault was made good hangs. */
const endsWithinMs = 180_000;
/** Acknowledgements follow effects at once, or after the group has come together again. */
const acknowledgedWithinMs = 60_000;
/** Just too large for two to share a page. */
const pageSize = 251;

/** One company's story told to both Musters, and a second company's beside it, which no fault is about. */
export class StoryUnderFaults {
  constructor(
    private readonly around: Surroundings,
    private readonly story: number,
  ) {}

  async tell(): Promise<void> {
    const { random, plan, calm, fleet, stores } = this.around;
    const options = { people: plan.people, pageSize, seed: random.whole(1, 1_000_000) };
    const harmed = await TwinCompany.create(
      { ...options, name: `harmed ${String(this.story)}`, expressions: 30 },
      calm,
      fleet,
    );
    const other = await TwinCompany.create(
      { ...options, name: `bystander ${String(this.story)}`, people: 500, expressions: 15 },
      calm,
      fleet,
    );
    const companies = [harmed, other];
    try {
      for (const { name, happen } of companyStory) {
        if (!this.around.goesOn()) break;
        for (const { source, options: of } of companies) happen(source, of.people, random);
        await this.sync(name, harmed, other);
      }
      for (const company of companies) this.blame('end of a story', await company.compareStores(stores));
    } finally {
      await Promise.all(companies.map((company) => company.stop()));
    }
  }

  private async sync(chapter: string, harmed: TwinCompany, other: TwinCompany): Promise<void> {
    const { fleet, plan, report } = this.around;
    const fault = this.leastInjected();
    const companies = [harmed, other];
    const exitsBefore = fleet.ownExits.length;
    for (const company of companies) company.slowDown(0);
    const calm = await Promise.all(companies.map((company) => company.runCalm()));
    for (const company of companies) company.slowDown(fault.fetchMs / Math.ceil(plan.people / pageSize));
    try {
      await other.queueHarmed();
      await harmed.queueHarmed();
      await this.harm(fault, harmed);
      const ended = await Promise.all(companies.map((company) => this.ended(company)));
      for (const [index, company] of companies.entries()) {
        await this.approveBoth(company, calm[index], ended[index], company === harmed ? fault : null);
      }
      await fleet.untilReady();
      await this.judge(fault, chapter, companies);
    } catch (error) {
      this.blame(fault.name, [`${chapter}: ${error instanceof Error ? error.message : String(error)}`], 'hanging');
    }
    report.syncs += companies.length;
    addCounts(report.counts, fault.name, { ownExits: fleet.ownExits.length - exitsBefore });
    for (const exit of fleet.ownExits.slice(exitsBefore)) plan.say(`  ended by itself: ${exit}`);
  }

  private async approveBoth(
    company: TwinCompany,
    calm: SyncAnswer | undefined,
    ended: SyncAnswer | undefined,
    fault: Fault | null,
  ): Promise<void> {
    if (calm?.state !== 'awaitingApproval' || ended?.state !== 'awaitingApproval') return;
    await company.approveCalm(calm);
    await company.approveHarmed(ended);
    if (fault !== null && fault.within === undefined) await this.inject(fault, company, 'applying');
    await this.ended(company);
  }

  /** Injects a fault some times before the sync ends, each time in a state at or behind the last one. */
  private async harm(fault: Fault, company: TwinCompany): Promise<void> {
    const { random, plan } = this.around;
    let from: WorkState = 'queued';
    for (let left = random.whole(1, plan.perSync); left > 0; left -= 1) {
      const possible = workStates.filter(
        (state) =>
          workStates.indexOf(state) >= workStates.indexOf(from) && (fault.within ?? workStates).includes(state),
      );
      if (possible.length === 0) return;
      const reached = await this.inject(fault, company, random.pick(possible));
      if (reached === null) return;
      from = reached;
    }
  }

  /** Gives the state in which it was injected; null when the sync had ended. */
  private async inject(fault: Fault, company: TwinCompany, target: WorkState): Promise<WorkState | null> {
    const { random, report, plan } = this.around;
    const share = random.next() * (fault.within === undefined ? 1 : 0.2);
    const state = await this.reach(company, target, share * typicalMs(target, fault.fetchMs));
    if (state === null) return null;
    const startedAt = performance.now();
    const { faults, note, ...evidence } = await fault.inject(this.scene(fault, company));
    addCounts(report.counts, fault.name, { injected: faults, ...evidence });
    if (faults === 0) return null;
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    plan.say(`${fault.name}: ${note} (${state}; ${String(faults)} in ${seconds} s)`);
    return state;
  }

  private scene(fault: Fault, company: TwinCompany): Scene {
    const { fleet, reader, stores, random, offsets, report } = this.around;
    return {
      ...{ fleet, company, reader, stores, random },
      turn: report.counts[fault.name]?.injected ?? 0,
      state: () => this.state(company),
      judgeOffsets: async () => {
        const { tenant } = company.tenant;
        const ahead = await offsets.ahead({ tenant, id: company.sync });
        if ((await this.state(company)) !== null) this.blame(fault.name, ahead, 'lost');
      },
    };
  }

  /** Straight from the store: the reporter may be away. */
  private async state({ tenant, sync }: TwinCompany): Promise<WorkState | null> {
    const found = await this.around.stores.part(SyncStore).sync(tenant.tenant as TenantId, sync as SyncId);
    return toWorkState(found?.state ?? '');
  }

  /** The state in which the sync is so long after it has come to `target`; null when it ended before. */
  private async reach(company: TwinCompany, target: WorkState, delayMs: number): Promise<WorkState | null> {
    const deadline = performance.now() + endsWithinMs;
    for (let reachedAt: number | null = null; ;) {
      const state = await this.state(company);
      if (state === null) return null;
      if (performance.now() > deadline) throw new Error(`sync ${company.sync} stays ${state}`);
      if (workStates.indexOf(state) >= workStates.indexOf(target)) reachedAt ??= performance.now();
      const leftMs = reachedAt === null ? 5 : reachedAt + delayMs - performance.now();
      if (leftMs <= 0) return state;
      await sleep(leftMs);
    }
  }

  private async ended({ tenant, sync }: TwinCompany): Promise<SyncAnswer> {
    return this.around.fleet.api.ended(tenant.tenant, sync, endsWithinMs);
  }

  private async judge(fault: Fault, chapter: string, companies: readonly TwinCompany[]): Promise<void> {
    for (const company of companies) this.blame(fault.name, await company.compareSync(chapter));
    const deadline = performance.now() + acknowledgedWithinMs;
    let lags = await this.around.offsets.lags();
    while (lags.length > 0 && performance.now() < deadline) {
      await sleep(200);
      lags = await this.around.offsets.lags();
    }
    this.blame(fault.name, lags, 'hanging');
    const { reader, stores } = this.around;
    if (lags.length === 0) this.blame(fault.name, await new DeadLettersCheck(reader, stores).wrong(), 'lost');
  }

  /** Counts and keeps what is wrong; the kind of a difference is read off it. */
  private blame(fault: string, problems: readonly string[], kind?: keyof FaultCounts): void {
    const { report, plan } = this.around;
    for (const problem of problems) {
      const column = kind ?? (/killed: {6}undefined/.test(problem) ? 'lost' : 'doubled');
      addCounts(report.counts, fault, { [column]: 1 });
      report.problems.push(`${fault}: ${problem}`);
      plan.say(`  WRONG (${column}) ${problem}`);
    }
  }

  /** One of those that came up least so far. */
  private leastInjected(): Fault {
    const { plan, report, random } = this.around;
    const injected = ({ name }: Fault): number => report.counts[name]?.injected ?? 0;
    const least = Math.min(...plan.faults.map(injected));
    return random.pick(plan.faults.filter((fault) => injected(fault) === least));
  }
}

/** How long a sync stays in a state, about. */
function typicalMs(state: WorkState, fetchMs: number): number {
  return { queued: 30, fetching: fetchMs * 0.95, planning: 300, settling: 60, applying: 500 }[state];
}
