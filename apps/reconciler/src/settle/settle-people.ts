import { Injectable } from '@nestjs/common';
import {
  createdUserId,
  DirectoryStore,
  type MappedRecord,
  type OutcomeDetail,
  type OutcomeReason,
  type OutcomeRow,
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
  /** First sequence of a source id → the one that stands for it. */
  standing: Map<number, number>;
  /** Users that an unlinked record has been matched to. */
  taken: Map<UserId, number>;
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
    const people: People = { dropped: new Set(), standing: new Map(), taken: new Map() };
    await this.settleDuplicates(frozen, scan, overlay, people);
    await this.settleCandidates(frozen, scan, overlay, people, isGone);
    return people;
  }

  private async settleDuplicates(frozen: FrozenSync, scan: PlanScan, overlay: Overlay, people: People): Promise<void> {
    for (const [firstSeq, seqs] of scan.duplicates) {
      const mapped = await this.reader.remap(frozen, seqs);
      for (const records of bySourceId(mapped.values())) {
        if (records.length < 2) continue;
        for (const [seq, verdict] of resolveDuplicates(records, frozen.sync.today)) {
          if (verdict.kind === 'stands') {
            people.standing.set(firstSeq, seq);
            continue;
          }
          people.dropped.add(seq);
          const record = mapped.get(seq);
          if (record === undefined) continue;
          const others = records
            .map((other) => other.seq)
            .filter((other) => other !== seq)
            .slice(0, 10);
          overlay.put(
            exception(overlay.row(seq), record, verdict.kind, verdict.reason, {
              otherSeqs: verdict.kind === 'skipped' ? [verdict.standing] : others,
            }),
          );
        }
      }
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
      return !people.dropped.has(seq) && row !== undefined && row.outcome !== 'failed';
    });
    const matches = resolveCandidates(unlinked, isGone);
    const wantedIds = [...matches.values()].flatMap((match) => (match.kind === 'taken' ? [match.userId] : []));
    const users = await this.directory.users(frozen.sync.tenantId, wantedIds);
    const { sync } = frozen;
    const context: DecisionContext = {
      integrationId: sync.integrationId,
      frozen: sync.frozen,
      now: sync.now,
      today: sync.today,
    };
    for (const [seq, match] of matches) {
      const present = overlay.row(seq);
      if (match.kind === 'taken') people.taken.set(match.userId, seq);
      if (match.kind === 'taken' && present?.userId === match.userId && present.outcome !== 'created') continue;
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
      const subject = user === null || match.kind !== 'taken' ? nobody : { user, link: null, matchedBy: match.by };
      const { row, refresh } = decide(record, subject, context);
      const settled = row ?? linkedUnchanged(record, refresh?.userId ?? null, user?.version ?? null);
      if (settled.outcome === 'created') settled.userId = createdUserId(sync.id, seq);
      overlay.put(settled);
    }
  }
}

function* bySourceId(records: Iterable<MappedRecord>): Generator<MappedRecord[]> {
  const groups = new Map<string, MappedRecord[]>();
  for (const record of records) {
    if (record.sourceId === null) continue;
    const group = groups.get(record.sourceId);
    if (group === undefined) groups.set(record.sourceId, [record]);
    else group.push(record);
  }
  yield* groups.values();
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
