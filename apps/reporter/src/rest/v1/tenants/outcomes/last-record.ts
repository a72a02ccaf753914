import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import {
  DirectoryStore,
  type EffectiveOutcome,
  type IntegrationId,
  isFromCommand,
  type OutcomePlace,
  OutcomeStore,
  SnapshotStore,
  type Sync,
  type SyncId,
  SyncStore,
  type TenantId,
  type User,
} from '#core';
import { time } from '../../words.js';
import { SyncTrail, type TrailStep } from '../syncs/sync-trail.js';
import { type TracedOutcome, UserHistory } from '../users/user-history.js';

/** Outcomes of a user looked at. */
const looked = 50;
/** Syncs in which somebody is looked for: of few records, and of many. */
const smallAtMost = 1_000;
const largeAtMost = 3;
/** Syncs with a record of theirs that are asked whether it is still stored. */
const askedAtMost = 3;
/** Outcomes read of a search, among which theirs should be. */
const foundAtMost = 100;
/** What is shorter has so many others in it that nobody is found by it; what is this long tells people apart. */
const shortest = 3;
const telling = 6;

export const lastRecord = z
  .object({
    syncId: z.string(),
    seq: z.int().describe('Its place in that snapshot.'),
    at: time.describe('When its sync was queued.'),
  })
  .nullable();

export type LastRecord = z.input<typeof lastRecord>;

/** The record that an outcome is of. */
export function recordOf({ row, sync }: TracedOutcome): LastRecord {
  return row.recordHash === null ? null : { syncId: sync.id, seq: row.seq, at: sync.createdAt };
}

/** Whose record it is, at which source. */
interface Whom {
  user: User;
  integrationId: IntegrationId;
  /** Null when it is not known. */
  sourceId: string | null;
}

/** Finds the last record that a source sent of somebody: also one that changed nothing, which no outcome is kept of. */
@Injectable()
export class LastRecordFinder {
  constructor(
    private readonly directory: DirectoryStore,
    private readonly syncs: SyncStore,
    private readonly outcomes: OutcomeStore,
    private readonly snapshots: SnapshotStore,
    private readonly history: UserHistory,
    private readonly trail: SyncTrail,
  ) {}

  /** Of somebody whom the source did not send. Null where the outcome has a record of its own, or nothing is known of an earlier one. */
  async find({ tenantId, integrationId, edit, undo }: Sync, row: EffectiveOutcome | null): Promise<LastRecord> {
    if (row === null || row.recordHash !== null || row.userId === null || isFromCommand({ edit, undo })) return null;
    const user = await this.directory.user(tenantId, row.userId);
    return user === null ? null : this.newest({ user, integrationId, sourceId: row.sourceId }, row);
  }

  /** The newest, from before an outcome on, that is still stored; else the newest. */
  async newest(whom: Whom, before: OutcomePlace | null): Promise<LastRecord> {
    const { tenantId } = whom.user;
    let newest: LastRecord = null;
    let asked = 0;
    for await (const { syncId, seq } of this.places(whom, before)) {
      const sync = await this.syncs.sync(tenantId, syncId);
      if (sync === null) continue;
      const found = { syncId, seq, at: sync.createdAt };
      newest ??= found;
      if ((await this.snapshots.pageOfSeq(tenantId, sync.snapshotOf, seq)) !== null) return found;
      asked += 1;
      if (asked === askedAtMost) break;
    }
    return newest;
  }

  /** Where there are records of theirs, newest first. */
  private async *places(whom: Whom, before: OutcomePlace | null): AsyncGenerator<OutcomePlace> {
    const { user, integrationId } = whom;
    const told = new Map<SyncId, number | null>();
    for (const { row, sync } of await this.history.trace(user, before, looked)) {
      const known = told.get(row.syncId) ?? null;
      if (sync.integrationId === integrationId) told.set(row.syncId, row.recordHash === null ? known : row.seq);
    }
    let [small, large] = [0, 0];
    for await (const step of this.trail.back(user.tenantId, integrationId, before?.syncId ?? null)) {
      if (step.isLarge ? large === largeAtMost : small >= smallAtMost) return;
      if (step.isLarge) large += 1;
      else small += step.syncs.length;
      for (const part of upToTold(step, told)) {
        const unknown = part.filter((id) => !told.has(id));
        const found = unknown.length === 0 ? new Map<SyncId, number>() : await this.look(whom, unknown, step.isLarge);
        for (const syncId of part) {
          const seq = told.get(syncId) ?? found.get(syncId) ?? null;
          if (seq !== null) yield { syncId, seq };
        }
      }
    }
  }

  /** Those of these syncs, one large or several small ones, that have a record of theirs. */
  private async look(whom: Whom, syncIds: readonly SyncId[], isLarge: boolean): Promise<Map<SyncId, number>> {
    const { tenantId } = whom.user;
    const [only] = syncIds;
    const found = new Map<SyncId, number>();
    for (const needle of needlesOf(whom)) {
      const rows =
        isLarge && only !== undefined
          ? (await this.outcomes.find(tenantId, only, [{}], needle, -1, foundAtMost)).rows
          : await this.outcomes.findAmong(tenantId, syncIds, needle, foundAtMost);
      for (const row of rows) if (isOf(whom, row) && !found.has(row.syncId)) found.set(row.syncId, row.seq);
      if (found.size > 0) break;
    }
    return found;
  }

  /** The source id of each of these users at an integration, as far as it is linked. */
  async sourceIds(
    tenantId: TenantId,
    users: readonly User[],
  ): Promise<(user: User, integrationId: IntegrationId) => string | null> {
    const links = await this.directory.linksOfUsers(
      tenantId,
      users.map(({ id }) => id),
    );
    return (user, integrationId) =>
      links.get(user.id)?.find((link) => link.integrationId === integrationId)?.sourceId ?? null;
  }
}

/** Syncs without what has no record, cut after the first of which is known already that it has one: who asks may need no more. */
function upToTold({ syncs }: TrailStep, told: ReadonlyMap<SyncId, number | null>): SyncId[][] {
  const ids = syncs.filter(({ trigger }) => trigger !== 'undo').map(({ id }) => id);
  const cut = ids.findIndex((id) => typeof told.get(id) === 'number') + 1;
  return cut === 0 ? [ids] : [ids.slice(0, cut), ids.slice(cut)];
}

/** What people are found by, the most telling first. Pages of older versions know no source ids of unchanged people. */
function needlesOf({ user, sourceId }: Whom): string[] {
  const { email, fullName } = user.attributes;
  const known = [sourceId, email, fullName].flatMap((value) =>
    typeof value === 'string' && value.length >= shortest ? [value] : [],
  );
  return [...known.filter(({ length }) => length >= telling), ...known.filter(({ length }) => length < telling)];
}

function isOf({ user, sourceId }: Whom, row: EffectiveOutcome): boolean {
  const isTheirs = row.userId === user.id || (sourceId !== null && row.sourceId === sourceId);
  return isTheirs && (row.recordHash !== null || row.reason === 'unchanged');
}
