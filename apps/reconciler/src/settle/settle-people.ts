import { Injectable } from '@nestjs/common';
import {
  createdUserId,
  DirectoryStore,
  type MappedRecord,
  type OutcomeDetail,
  type OutcomeReason,
  type OutcomeRow,
  type Sync,
  type User,
  type UserId,
} from '#core';
import { decide, nobody, resolveCandidates, resolveDuplicates, type DecisionContext } from '#reconciliation';
import { RecordReader } from '../record-reader.js';
import type { FrozenSync } from '../sync-cache.js';
import type { Overlay } from './overlay.js';
import type { PlanScan } from './scan-facts.js';

/** Who is who, once the whole snapshot is known: the same person twice, and records matched to users by key. */
export interface People {
  /** Sequences that stand aside for another record of the same person. */
  dropped: Set<number>;
  /** Source id that several records carry → the one that stands for it. */
  standing: Map<string, number>;
  /** Users that an unlinked record has been matched to. */
  taken: Map<UserId, number>;
}

/** Where everybody is known from the start. */
export function nobodySettled(): People {
  return { dropped: new Set(), standing: new Map(), taken: new Map() };
}

@Injectable()
export class PeopleSettler {
  constructor(
    private readonly reader: RecordReader,
    private readonly directory: DirectoryStore,
  ) {}

  async settle(
    frozen: FrozenSync,
    scan: PlanScan,
    overlay: Overlay,
    isGone: (linkedAs: string) => boolean,
  ): Promise<People> {
    const people = nobodySettled();
    await this.settleDuplicates(frozen, scan, overlay, people);
    await this.settleSharedUsers(frozen, scan, overlay, people);
    await this.settleCandidates(frozen, scan, overlay, people, isGone);
    return people;
  }

  private async settleDuplicates(frozen: FrozenSync, scan: PlanScan, overlay: Overlay, people: People): Promise<void> {
    for (const seqs of scan.duplicates.values()) {
      const mapped = await this.reader.remap(frozen, seqs);
      for (const [sourceId, records] of groupBy(mapped.values(), (record) => record.sourceId)) {
        const stands = dropAllButOne(records, frozen.sync.today, overlay, people);
        if (stands !== null) people.standing.set(sourceId, stands);
      }
    }
  }

  /** One user under several source ids that the snapshot holds at once: the same person twice as well. */
  private async settleSharedUsers(frozen: FrozenSync, scan: PlanScan, overlay: Overlay, people: People): Promise<void> {
    const { tenantId, integrationId, today } = frozen.sync;
    for (const group of scan.sharedUsers.values()) {
      const seqs = group.filter((seq) => !people.dropped.has(seq));
      if (seqs.length < 2) continue;
      const mapped = await this.reader.remap(frozen, seqs);
      const sourceIds = [...mapped.values()].flatMap(({ sourceId }) => (sourceId === null ? [] : [sourceId]));
      const links = await this.directory.links(tenantId, integrationId, sourceIds);
      const userOf = ({ sourceId }: MappedRecord) => (sourceId === null ? null : (links.get(sourceId)?.userId ?? null));
      for (const [, records] of groupBy(mapped.values(), userOf)) dropAllButOne(records, today, overlay, people);
    }
  }

  private async settleCandidates(
    frozen: FrozenSync,
    scan: PlanScan,
    overlay: Overlay,
    people: People,
    isGone: (linkedAs: string) => boolean,
  ): Promise<void> {
    const unlinked = scan.unlinked.filter(({ seq }) => {
      const row = overlay.row(seq);
      // No row: planned as unchanged, matched to the one user that its keys show.
      const mayMatch = row === undefined || row.outcome !== 'failed' || row.reason === 'requiredAttributeMissing';
      return !people.dropped.has(seq) && mayMatch;
    });
    const matches = resolveCandidates(unlinked, isGone);
    const wantedIds = [...matches.values()].flatMap((match) => (match.kind === 'taken' ? [match.userId] : []));
    const { sync } = frozen;
    const users = await this.directory.users(sync.tenantId, wantedIds);
    const absent = await this.shownAbsent(sync, [...users.values()]);
    const context: DecisionContext = {
      integrationId: sync.integrationId,
      frozen: sync.frozen,
      now: sync.now,
      today: sync.today,
    };
    for (const [seq, match] of matches) {
      const present = overlay.row(seq);
      if (match.kind === 'taken') people.taken.set(match.userId, seq);
      if (match.kind === 'taken' && (present === undefined || isAbout(present, match.userId))) continue;
      if (match.kind === 'created' && (present?.outcome === 'created' || present?.userId === null)) continue;
      const record = (await this.reader.remap(frozen, [seq])).get(seq);
      if (record === undefined) continue;
      if (match.kind === 'ambiguous') {
        overlay.put(
          exception(present, record, 'failed', 'ambiguousMatch', {
            otherUserIds: match.userIds.slice(0, 10),
            otherSeqs: match.otherSeqs,
          }),
        );
        continue;
      }
      const user = match.kind === 'taken' ? (users.get(match.userId) ?? null) : null;
      const subject =
        user === null || match.kind !== 'taken'
          ? nobody
          : { user, link: null, matchedBy: match.by, wasAbsent: absent.has(user.id) };
      const { row, refresh } = decide(record, subject, context);
      const settled = row ?? linkedUnchanged(record, refresh?.userId ?? null, user?.version ?? null);
      if (settled.outcome === 'created') settled.userId = createdUserId(sync.id, seq);
      overlay.put(settled);
    }
  }

  /** Of deactivated users: those whom this integration has linked before and whose links have all become absent. */
  private async shownAbsent({ tenantId, integrationId }: Sync, users: readonly User[]): Promise<Set<UserId>> {
    const gone = users.filter(({ status }) => status === 'deactivated').map(({ id }) => id);
    const absent = new Set<UserId>();
    if (gone.length === 0) return absent;
    for (const [userId, links] of await this.directory.linksOfUsers(tenantId, gone)) {
      const own = links.filter((link) => link.integrationId === integrationId);
      if (own.length > 0 && own.every(({ presence }) => presence === 'absent')) absent.add(userId);
    }
    return absent;
  }
}

function groupBy<Key>(
  records: Iterable<MappedRecord>,
  keyOf: (record: MappedRecord) => Key | null,
): Map<Key, MappedRecord[]> {
  const groups = new Map<Key, MappedRecord[]>();
  for (const record of records) {
    const key = keyOf(record);
    if (key === null) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [record]);
    else group.push(record);
  }
  return groups;
}

/** Lets one of several records of a person stand, or none; gives its sequence. The others are put into the overlay. */
function dropAllButOne(
  records: readonly MappedRecord[],
  today: string,
  overlay: Overlay,
  people: People,
): number | null {
  if (records.length < 2) return null;
  const verdicts = resolveDuplicates(records, today);
  let stands: number | null = null;
  for (const record of records) {
    const { seq } = record;
    const verdict = verdicts.get(seq);
    if (verdict === undefined) continue;
    if (verdict.kind === 'stands') {
      stands = seq;
      continue;
    }
    people.dropped.add(seq);
    const others = records.map((other) => other.seq).filter((other) => other !== seq);
    const otherSeqs = verdict.kind === 'skipped' ? [verdict.standing] : others.slice(0, 10);
    overlay.put(exception(overlay.row(seq), record, verdict.kind, verdict.reason, { otherSeqs }));
  }
  return stands;
}

function isAbout(row: OutcomeRow, userId: UserId): boolean {
  return row.userId === userId && row.outcome !== 'created';
}

/** A record matched to a user whose values are equal already: only the link is new. */
function linkedUnchanged(record: MappedRecord, userId: UserId | null, userVersion: number | null): OutcomeRow {
  return {
    ...exception(undefined, record, 'skipped', 'unchanged', {}),
    userId,
    userVersion,
    link: 'link',
  };
}

/** A row that takes the place of a planned one and changes nobody. */
export function exception(
  present: OutcomeRow | undefined,
  record: Pick<MappedRecord, 'seq' | 'sourceId' | 'recordHash' | 'values'>,
  outcome: 'failed' | 'skipped',
  reason: OutcomeReason,
  detail: OutcomeDetail,
): OutcomeRow {
  const name = record.values['fullName'];
  const created = present?.outcome === 'created';
  return {
    seq: record.seq,
    outcome,
    reason,
    state: null,
    sourceId: record.sourceId,
    userId: created ? null : (present?.userId ?? null),
    label: present?.label ?? (typeof name === 'string' ? name : null),
    changes: {},
    problems: [],
    userVersion: created ? null : (present?.userVersion ?? null),
    link: 'none',
    recordHash: record.recordHash,
    dueDate: null,
    detail,
  };
}
