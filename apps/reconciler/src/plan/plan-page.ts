import { Injectable } from '@nestjs/common';
import {
  contentHash,
  countKey,
  createdUserId,
  DirectoryStore,
  type Link,
  type MappedPage,
  type MappedRecord,
  type OutcomeCounts,
  type OutcomeRow,
  type PlannedPage,
  type PlannedUnchanged,
  type SeenRefresh,
  type User,
  type UserId,
} from '#core';
import {
  decide,
  encodePageFacts,
  factKind,
  noClaims,
  type Decision,
  type DecisionContext,
  type RecordFact,
  type Subject,
} from '#reconciliation';
import { RecordReader } from '../record-reader.js';
import type { FrozenSync } from '../sync-cache.js';
import { CandidateFinder } from './candidate-finder.js';

/** A record with everything that the directory says of it. */
interface Planned {
  record: MappedRecord;
  subject: Subject;
  decision: Decision;
}

/** Plans one page: reads links and users in a handful of batched reads, decides record by record, writes nothing. */
@Injectable()
export class PagePlanner {
  constructor(
    private readonly directory: DirectoryStore,
    private readonly candidates: CandidateFinder,
    private readonly reader: RecordReader,
  ) {}

  async plan(frozen: FrozenSync, page: MappedPage): Promise<PlannedPage> {
    const { sync } = frozen;
    const context: DecisionContext = {
      integrationId: sync.integrationId,
      frozen: sync.frozen,
      now: sync.now,
      today: sync.today,
    };
    const facts = new Array<RecordFact | undefined>(page.records);
    const stillSeen = await this.stillUnchanged(page);
    const again = page.seen.seqs.filter((seq) => !stillSeen.has(seq));
    page.seen.seqs.forEach((seq, index) => {
      const userId = page.seen.userIds[index];
      if (userId === undefined || !stillSeen.has(seq)) return;
      facts[seq - page.firstSeq] = {
        decision: { kind: factKind.unchanged, row: null, userId, refresh: null, claims: noClaims },
        sourceId: page.seen.sourceIds[index] ?? null,
        candidates: [],
        holders: {},
      };
    });

    const mapped = page.mapped === null ? withoutMapping(page) : [...page.mapped];
    if (again.length > 0) mapped.push(...(await this.reader.remap(frozen, again)).values());
    if (mapped.length > 0) await this.planMapped(page, mapped, context, facts);
    return plannedPage(page, sync.id, facts);
  }

  /** The mapper's word on unchanged records holds while their users are active at the version it saw. */
  private async stillUnchanged({ tenantId, seen }: MappedPage): Promise<Set<number>> {
    if (seen.seqs.length === 0) return new Set();
    const versions = await this.directory.activeVersions(tenantId, seen.userIds);
    const still = new Set<number>();
    seen.seqs.forEach((seq, index) => {
      const userId = seen.userIds[index];
      if (userId !== undefined && versions.get(userId) === seen.userVersions[index]) still.add(seq);
    });
    return still;
  }

  private async planMapped(
    page: MappedPage,
    records: readonly MappedRecord[],
    context: DecisionContext,
    facts: (RecordFact | undefined)[],
  ): Promise<void> {
    const { tenantId, integrationId, firstSeq } = page;
    const populated = page.mapped !== null && (await this.directory.hasUsers(tenantId));
    const links = populated
      ? await this.directory.links(tenantId, integrationId, distinct(records.map(({ sourceId }) => sourceId)))
      : new Map<string, Link>();
    const users =
      links.size === 0
        ? new Map<UserId, User>()
        : await this.directory.users(tenantId, distinct([...links.values()].map(({ userId }) => userId)));
    const planned: Planned[] = records.map((record) => {
      const link = record.sourceId === null ? null : (links.get(record.sourceId) ?? null);
      const user = link === null ? null : (users.get(link.userId) ?? null);
      const subject: Subject = { user, link, matchedBy: user === null ? null : 'link' };
      return { record, subject, decision: decide(record, subject, context) };
    });
    const found = populated ? await this.candidates.find(tenantId, planned, context) : null;
    for (const { record, decision } of planned) {
      facts[record.seq - firstSeq] = {
        decision,
        sourceId: record.sourceId,
        candidates: found?.candidates.get(record.seq) ?? [],
        holders: found?.holders.get(record.seq) ?? {},
      };
    }
  }
}

function distinct<Item>(items: readonly (Item | null)[]): Item[] {
  return [...new Set(items.filter((item) => item !== null))];
}

/** Records of a sync without a mapping: known by sequence alone. */
function withoutMapping({ firstSeq, records }: MappedPage): MappedRecord[] {
  return Array.from({ length: records }, (_, index) => ({
    seq: firstSeq + index,
    recordHash: '',
    sourceId: null,
    inScope: true,
    restricted: null,
    values: {},
    problems: [],
    dueDate: null,
  }));
}

/** What a renewed link will say, as part of the plan that an approval is given for. */
function refreshDigest({ sourceId, recordHash, userVersion, dueDate }: SeenRefresh): string {
  return JSON.stringify([sourceId, recordHash, userVersion, dueDate]);
}

/** Puts the decisions of a page into the form that the reporter stores. */
export function plannedPage(
  page: Omit<MappedPage, 'mapped' | 'seen'>,
  syncId: MappedPage['syncId'],
  decided: readonly (RecordFact | undefined)[],
): PlannedPage {
  const rows: OutcomeRow[] = [];
  const unchanged: PlannedUnchanged & { sourceIds: (string | null)[] } = { seqs: [], userIds: [], sourceIds: [] };
  const refresh: SeenRefresh[] = [];
  const counts: OutcomeCounts = {};
  const facts: RecordFact[] = [];
  let digest = '';
  for (let index = 0; index < page.records; index += 1) {
    const fact = decided[index];
    if (fact === undefined)
      throw new Error(`record ${String(page.firstSeq + index)} of sync ${syncId} has no decision`);
    facts.push(fact);
    const { row, userId, refresh: renewed } = fact.decision;
    if (renewed !== null) refresh.push(renewed);
    if (row === null) {
      unchanged.seqs.push(page.firstSeq + index);
      if (userId !== null) unchanged.userIds.push(userId);
      unchanged.sourceIds.push(fact.sourceId);
      digest += `${String(userId)} ${renewed === null ? '' : refreshDigest(renewed)}\n`;
      continue;
    }
    if (row.outcome === 'created') row.userId = createdUserId(syncId, row.seq);
    rows.push(row);
    const key = countKey(row.outcome, row.reason, row.state);
    counts[key] = (counts[key] ?? 0) + 1;
    const state = row.state === null ? '' : ` ${row.state}`;
    digest += `${row.outcome} ${row.reason} ${String(row.userId)} ${String(row.userVersion)} ${String(row.recordHash)}${state}\n`;
  }
  if (unchanged.seqs.length > 0) counts[countKey('skipped', 'unchanged', null)] = unchanged.seqs.length;
  const { tenantId, integrationId, firstSeq, records, claim } = page;
  return {
    kind: 'planned',
    tenantId,
    integrationId,
    syncId,
    page: page.page,
    firstSeq,
    records,
    claim,
    rows,
    unchanged,
    refresh,
    counts,
    facts: Buffer.from(encodePageFacts(facts)).toString('base64'),
    digest: contentHash(digest),
  };
}
