import { createHash } from 'node:crypto';
import type { OutcomeStore } from '#core';
import type { Manifest, Sync, UserId } from '#core';
import {
  decodePageFacts,
  HashTable,
  noCounts,
  type FactCounts,
  type KeyHolders,
  type PageFacts,
  type UnlinkedRecord,
} from '#reconciliation';

/** What one pass over all pages of a plan finds out. */
export interface PlanScan {
  /** Source-id hash → first sequence that carries it. */
  sources: HashTable;
  /** Sequences that share a source-id hash, the first one included. */
  duplicates: Map<number, number[]>;
  /** Sequences about the same user (by hash), under the first of them: one person under several source ids. */
  sharedUsers: Map<number, number[]>;
  /** Sequences that claim a key hash which another record claims too. */
  contested: Set<number>;
  unlinked: UnlinkedRecord[];
  holders: Map<number, KeyHolders>;
  counts: FactCounts;
  /** Pages in which somebody leaves the scope. */
  pagesLeavingScope: number[];
  /** SHA-256 over the digests of all pages, in order. */
  digest: string;
}

const pagesPerRead = 32;
/** Tables of at most this many entries are held at once; larger plans are scanned in several passes. */
const maxTableEntries = 2_500_000;

type Column = 'sources' | 'users' | 'emails' | 'employeeIds';

/**
 * Reads the facts of all planned pages, some at a time. Holds a table of 12 bytes a slot for source ids and, in turn, for
 * each kind of key; everything else it collects is about exceptions.
 */
export async function scanPlan(
  outcomes: OutcomeStore,
  sync: Sync,
  manifest: Pick<Manifest, 'records'>,
): Promise<PlanScan> {
  const scan: PlanScan = {
    sources: new HashTable(manifest.records),
    duplicates: new Map(),
    sharedUsers: new Map(),
    contested: new Set(),
    unlinked: [],
    holders: new Map(),
    counts: noCounts(),
    pagesLeavingScope: [],
    digest: '',
  };
  const digest = createHash('sha256');
  for await (const page of factPages(outcomes, sync)) {
    digest.update(page.digest);
    addCounts(scan.counts, page.facts.counts);
    if (page.facts.counts.leavingScope > 0) scan.pagesLeavingScope.push(page.page);
    for (const [index, candidates] of page.facts.candidates) {
      scan.unlinked.push({ seq: page.firstSeq + index, candidates });
    }
    for (const [index, holders] of page.facts.holders) scan.holders.set(page.firstSeq + index, holders);
    eachHash(page.facts, 'sources', (high, low, index) => {
      const first = scan.sources.insert(high, low, page.firstSeq + index);
      if (first !== -1) addTo(scan.duplicates, first, page.firstSeq + index);
    });
  }
  scan.digest = digest.digest('hex');
  await scanPairs(outcomes, sync, manifest.records, 'users', (first, seq) => {
    addTo(scan.sharedUsers, first, seq);
  });
  for (const column of ['emails', 'employeeIds'] as const) {
    await scanPairs(outcomes, sync, manifest.records, column, (first, seq) => {
      scan.contested.add(first);
      scan.contested.add(seq);
    });
  }
  return scan;
}

function addTo(groups: Map<number, number[]>, first: number, seq: number): void {
  const group = groups.get(first);
  if (group === undefined) groups.set(first, [first, seq]);
  else group.push(seq);
}

/** Finds records with the same hash in a column: each but the first, together with the first. */
async function scanPairs(
  outcomes: OutcomeStore,
  sync: Sync,
  records: number,
  column: Column,
  found: (first: number, seq: number) => void,
): Promise<void> {
  const passes = Math.max(1, Math.ceil(records / maxTableEntries));
  for (let pass = 0; pass < passes; pass += 1) {
    const table = new HashTable(Math.ceil(records / passes));
    for await (const page of factPages(outcomes, sync)) {
      eachHash(page.facts, column, (high, low, index) => {
        if (high % passes !== pass) return;
        const seq = page.firstSeq + index;
        const first = table.insert(high, low, seq);
        if (first !== -1) found(first, seq);
      });
    }
  }
}

function eachHash(facts: PageFacts, column: Column, visit: (high: number, low: number, index: number) => void): void {
  const words = facts[column];
  for (let index = 0; index < facts.records; index += 1) {
    const high = words[index * 2] ?? 0;
    const low = words[index * 2 + 1] ?? 0;
    if (high !== 0 || low !== 0) visit(high, low, index);
  }
}

async function* factPages(
  outcomes: OutcomeStore,
  sync: Sync,
): AsyncGenerator<{ page: number; firstSeq: number; digest: string; facts: PageFacts }> {
  for (let from = 0; ;) {
    const pages = await outcomes.facts(sync.tenantId, sync.id, from, pagesPerRead);
    for (const { page, firstSeq, digest, facts } of pages) {
      yield { page, firstSeq, digest, facts: decodePageFacts(facts) };
      from = page + 1;
    }
    if (pages.length < pagesPerRead) return;
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
}

function addCounts(sum: FactCounts, counts: FactCounts): void {
  sum.noIdentity += counts.noIdentity;
  sum.lost += counts.lost;
  sum.failed += counts.failed;
  sum.explicitLeavers += counts.explicitLeavers;
  sum.leavingScope += counts.leavingScope;
  sum.emailChanges += counts.emailChanges;
  sum.restrictedChanges += counts.restrictedChanges;
  sum.managerChanges += counts.managerChanges;
  for (const [attribute, count] of Object.entries(counts.blanked)) {
    sum.blanked[attribute] = (sum.blanked[attribute] ?? 0) + count;
  }
}

/** The users that hold a claimed key today. */
export function holderIds(holders: ReadonlyMap<number, KeyHolders>): UserId[] {
  const ids = new Set<UserId>();
  for (const { email, employeeId } of holders.values()) {
    if (email !== undefined) ids.add(email);
    if (employeeId !== undefined) ids.add(employeeId);
  }
  return [...ids];
}
