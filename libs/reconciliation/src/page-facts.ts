import { hash64, type OutcomeReason, type UserId } from '#core';
import { factKind, isManagerChange, type Decision, type FactKind } from './decision.js';

/** A directory user that an unlinked record may be about. */
export interface Candidate {
  userId: UserId;
  by: 'employeeId' | 'email';
  /** The source ids under which this integration already links the user, present or absent. */
  linkedAs: string[];
}

/** Who holds, in the directory, a key that a record claims. */
export interface KeyHolders {
  email?: UserId;
  employeeId?: UserId;
}

/** Counts that safeguards start from. */
export interface FactCounts {
  noIdentity: number;
  lost: number;
  failed: number;
  explicitLeavers: number;
  leavingScope: number;
  emailChanges: number;
  restrictedChanges: number;
  managerChanges: number;
  /** Newly blank values by attribute. */
  blanked: Record<string, number>;
}

/** What settling needs to know of one record beyond its row. */
export interface RecordFact {
  decision: Decision;
  sourceId: string | null;
  candidates: Candidate[];
  holders: KeyHolders;
}

/** A page's facts, read back. Columns of two 32-bit words a record; 0, 0 where there is nothing. */
export interface PageFacts {
  records: number;
  kinds: Uint8Array;
  sources: Uint32Array;
  emails: Uint32Array;
  employeeIds: Uint32Array;
  /** By index within the page. */
  candidates: Map<number, Candidate[]>;
  holders: Map<number, KeyHolders>;
  /** The user each record is about. */
  users: Uint32Array;
  counts: FactCounts;
}

export function noCounts(): FactCounts {
  return {
    noIdentity: 0,
    lost: 0,
    failed: 0,
    explicitLeavers: 0,
    leavingScope: 0,
    emailChanges: 0,
    restrictedChanges: 0,
    managerChanges: 0,
    blanked: {},
  };
}

/** Adds (or, with sign −1, takes away) what one decided record contributes to the safeguards' counts. */
export function countDecision(
  counts: FactCounts,
  decided: {
    kind: FactKind;
    reason: OutcomeReason | null;
    changes: NonNullable<Decision['row']>['changes'];
    hasIdentity: boolean;
  },
  sign: 1 | -1 = 1,
): void {
  if (decided.reason === 'lost') counts.lost += sign;
  else if (!decided.hasIdentity && decided.reason !== 'noMapping') counts.noIdentity += sign;
  if (decided.kind === factKind.failed) counts.failed += sign;
  if (decided.kind === factKind.leavingScope) counts.leavingScope += sign;
  if (decided.kind === factKind.deprovisioned && isExplicit(decided.reason)) counts.explicitLeavers += sign;
  if (decided.kind !== factKind.updated) return;
  const { changes } = decided;
  if ('email' in changes) counts.emailChanges += sign;
  if ('role' in changes) counts.restrictedChanges += sign;
  if (isManagerChange(changes)) counts.managerChanges += sign;
  for (const [attribute, [before, after]] of Object.entries(changes)) {
    if (before !== null && after === null) counts.blanked[attribute] = (counts.blanked[attribute] ?? 0) + sign;
  }
}

export function isExplicit(reason: OutcomeReason | null): boolean {
  return reason === 'terminationDate' || reason === 'sourceDeactivated';
}

const headerBytes = 8;
const bytesPerRecord = 33;

/** Packs a page's facts: columns first, then what few records have as JSON. */
export function encodePageFacts(facts: readonly RecordFact[]): Uint8Array {
  const count = facts.length;
  const counts = noCounts();
  const candidates: [number, Candidate[]][] = [];
  const holders: [number, KeyHolders][] = [];
  const columns = new Uint32Array(count * 8);
  const kinds = new Uint8Array(count);
  for (let index = 0; index < count; index += 1) {
    const fact = facts[index];
    if (fact === undefined) continue;
    const { decision } = fact;
    kinds[index] = decision.kind;
    if (fact.sourceId !== null) hash64(fact.sourceId, columns, index * 2);
    if (decision.userId !== null) hash64(decision.userId, columns, (count + index) * 2);
    if (decision.claims.email !== null) hash64(decision.claims.email, columns, (2 * count + index) * 2);
    if (decision.claims.employeeId !== null) hash64(decision.claims.employeeId, columns, (3 * count + index) * 2);
    if (fact.candidates.length > 0) candidates.push([index, fact.candidates]);
    if (fact.holders.email !== undefined || fact.holders.employeeId !== undefined) holders.push([index, fact.holders]);
    countDecision(counts, {
      kind: decision.kind,
      reason: decision.row?.reason ?? null,
      changes: decision.row?.changes ?? {},
      hasIdentity: fact.sourceId !== null,
    });
  }
  const sparse = Buffer.from(JSON.stringify({ candidates, holders, counts }));
  const packed = Buffer.allocUnsafe(headerBytes + count * bytesPerRecord + sparse.length);
  packed.writeUInt32LE(1, 0);
  packed.writeUInt32LE(count, 4);
  packed.set(new Uint8Array(columns.buffer), headerBytes);
  packed.set(kinds, headerBytes + count * 32);
  packed.set(sparse, headerBytes + count * bytesPerRecord);
  return packed;
}

/** Unpacks {@link encodePageFacts}. @throws RangeError when the bytes are something else. */
export function decodePageFacts(packed: Uint8Array): PageFacts {
  const view = Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength);
  if (view.length < headerBytes || view.readUInt32LE(0) !== 1) throw new RangeError('not a page of facts');
  const records = view.readUInt32LE(4);
  if (view.length < headerBytes + records * bytesPerRecord) throw new RangeError('page of facts is cut short');
  const columns = new Uint32Array(records * 8);
  new Uint8Array(columns.buffer).set(view.subarray(headerBytes, headerBytes + records * 32));
  const column = (which: number) => columns.subarray(which * records * 2, (which + 1) * records * 2);
  const sparse = JSON.parse(view.toString('utf8', headerBytes + records * bytesPerRecord)) as {
    candidates: [number, Candidate[]][];
    holders: [number, KeyHolders][];
    counts: FactCounts;
  };
  return {
    records,
    sources: column(0),
    users: column(1),
    emails: column(2),
    employeeIds: column(3),
    kinds: new Uint8Array(view.subarray(headerBytes + records * 32, headerBytes + records * bytesPerRecord)),
    candidates: new Map(sparse.candidates),
    holders: new Map(sparse.holders),
    counts: sparse.counts,
  };
}
