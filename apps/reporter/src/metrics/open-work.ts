import { Injectable } from '@nestjs/common';
import {
  type DataStageName,
  hasEnded,
  type Lane,
  lanes,
  type OpenSync,
  openStates,
  OutcomeStore,
  SettlementStore,
  SnapshotStore,
  SyncStore,
} from '#core';

/** What syncs still have before them: people, and the messages in which these come. */
interface Remaining {
  people: number;
  messages: number;
}

/** The open syncs, as far as the metrics tell of them. */
export interface OpenWorkFacts {
  byState: Record<(typeof openStates)[number] | 'approved', number>;
  /** How many people a message that waits for a stage holds on average; 0 when no open sync has any there. */
  peoplePerMessage: Record<Lane, Record<DataStageName, number>>;
}

/** Of this many syncs it is asked how large their messages are: a mean needs no more, and a scrape may not cost more. */
const maxAsked = 10;
/** As the reconciler cuts them, unless values are large. */
const peoplePerUndoPage = 500;

/** Reads how much the open syncs have before them. */
@Injectable()
export class OpenWork {
  constructor(
    private readonly syncs: SyncStore,
    private readonly snapshots: SnapshotStore,
    private readonly outcomes: OutcomeStore,
    private readonly settlements: SettlementStore,
  ) {}

  /** One list of syncs, and two or three small reads, side by side, of at most ten of them a lane. */
  async read(): Promise<OpenWorkFacts> {
    const open = await this.syncs.open();
    const byState = { queued: 0, fetching: 0, planning: 0, settling: 0, applying: 0, approved: 0 };
    for (const { state } of open) byState[hasEnded(state) ? 'approved' : state] += 1;
    const perLane = await Promise.all(
      lanes.map(async (lane) => {
        const asked = open.filter((sync) => sync.lane === lane && isUnderWay(sync)).slice(0, maxAsked);
        return [lane, await this.means(asked)] as const;
      }),
    );
    return { byState, peoplePerMessage: Object.fromEntries(perLane) as OpenWorkFacts['peoplePerMessage'] };
  }

  private async means(syncs: readonly OpenSync[]): Promise<Record<DataStageName, number>> {
    const isApplying = ({ state }: OpenSync): boolean => state === 'applying';
    const [planning, applying] = await Promise.all([
      Promise.all(syncs.filter((sync) => !isApplying(sync)).map(async (sync) => this.toPlan(sync))),
      Promise.all(syncs.filter(isApplying).map(async (sync) => this.toApply(sync))),
    ]);
    return {
      'mapper/raw-records': mean(planning),
      'reconciler/mapped-users': mean(planning),
      'reporter/outcomes': mean([...planning, ...applying]),
      'reconciler/apply-slices': mean(applying),
    };
  }

  /** Stored pages that are not planned; when all are, the whole snapshot, for what is planned but not acknowledged yet. */
  private async toPlan({ tenantId, id, snapshotOf, edit, undo }: OpenSync): Promise<Remaining> {
    if (edit !== null) return { people: 1, messages: 1 };
    if (undo !== null) return this.toUndo(tenantId, id, undo.outcomes);
    const [last, progress] = await Promise.all([
      this.snapshots.lastPage(tenantId, snapshotOf),
      this.outcomes.progress(tenantId, id),
    ]);
    if (last === null) return { people: 0, messages: 0 };
    const whole = { people: last.firstSeq + last.records, messages: last.page + 1 };
    if (progress.plannedPages >= whole.messages) return whole;
    return { people: whole.people - progress.plannedRecords, messages: whole.messages - progress.plannedPages };
  }

  private async toUndo(tenantId: OpenSync['tenantId'], id: OpenSync['id'], outcomes: number): Promise<Remaining> {
    const { plannedRecords } = await this.outcomes.progress(tenantId, id);
    const people = Math.max(0, outcomes - plannedRecords);
    return { people, messages: Math.ceil(people / peoplePerUndoPage) };
  }

  /** Outcomes that are still planned, and the slices of the round that have not reported. */
  private async toApply({ tenantId, id, round }: OpenSync): Promise<Remaining> {
    const [totals, list, ended] = await Promise.all([
      this.outcomes.totals(tenantId, id),
      this.settlements.sliceList(tenantId, id, round),
      this.outcomes.slicesEnded(tenantId, id, round),
    ]);
    if (list === null) return { people: 0, messages: 0 };
    const people = totals.reduce((sum, { state, count }) => (state === 'planned' ? sum + count : sum), 0);
    return { people, messages: Math.max(0, (list.cutAt ?? list.slices) - ended) };
  }
}

/** Something of it may wait on the bus. */
function isUnderWay({ state, inPipeline }: OpenSync): boolean {
  return state === 'planning' || state === 'applying' || (state === 'fetching' && inPipeline);
}

function mean(parts: readonly Remaining[]): number {
  const people = parts.reduce((sum, part) => sum + part.people, 0);
  const messages = parts.reduce((sum, part) => sum + part.messages, 0);
  return messages === 0 ? 0 : people / messages;
}
