import {
  type AttributeValue,
  type Changes,
  type EffectiveOutcome,
  type OutcomeKind,
  type OutcomeReason,
  outcomeId,
  type OutcomeStore,
  type Sync,
  type SyncId,
} from '#core';

/** How far two syncs have been walked: the last sequence of each that was looked at, -1 before the first. */
export interface ComparePlace {
  a: number;
  b: number;
}

/** What one of the syncs does to a person. */
export interface ComparedOutcome {
  outcomeId: string;
  outcome: OutcomeKind;
  reason: OutcomeReason;
  changes: Changes;
}

export interface Difference {
  sourceId: string | null;
  userId: string | null;
  label: string | null;
  /** Null: the sync does not speak of this person. */
  a: ComparedOutcome | null;
  b: ComparedOutcome | null;
  /** Attributes to which the two would give other values, or only one a value. */
  attributes: string[];
}

const rowsPerRead = 500;
/** So many people are looked at for one page, differences or not. */
const mostLookedAt = 10_000;

/**
 * The next people with whom two syncs of one snapshot deal otherwise. A record has the same sequence in both; removals,
 * which follow the `records` of the snapshot, stand in order of source id. A record without a row changed nothing.
 *
 * @returns `next` null when all have been looked at; a page may be short, or empty, and not the last
 */
export async function compareOutcomes(
  outcomes: OutcomeStore,
  syncs: { a: Sync; b: Sync; records: number },
  from: ComparePlace,
  limit: number,
): Promise<{ items: Difference[]; next: ComparePlace | null }> {
  const a = new RowReader(outcomes, syncs.a, from.a);
  const b = new RowReader(outcomes, syncs.b, from.b);
  const items: Difference[] = [];
  for (let lookedAt = 0; ; lookedAt += 1) {
    const [rowA, rowB] = [await a.peek(), await b.peek()];
    if (rowA === null && rowB === null) return { items, next: null };
    if (items.length === limit || lookedAt === mostLookedAt) return { items, next: { a: a.place, b: b.place } };
    const order = compareRows(rowA, rowB, syncs.records);
    const difference = toDifference(
      order <= 0 ? rowA : null,
      order >= 0 ? rowB : null,
      syncs.a.id,
      syncs.b.id,
      syncs.records,
    );
    if (difference !== null) items.push(difference);
    if (order <= 0) a.take();
    if (order >= 0) b.take();
  }
}

/** A sync's rows in order, read in portions. */
class RowReader {
  private rows: EffectiveOutcome[] = [];
  private isAtEnd = false;

  constructor(
    private readonly outcomes: OutcomeStore,
    private readonly sync: Sync,
    public place: number,
  ) {}

  async peek(): Promise<EffectiveOutcome | null> {
    if (this.rows.length === 0 && !this.isAtEnd) {
      this.rows = await this.outcomes.list(this.sync.tenantId, this.sync.id, {}, this.place, rowsPerRead);
      this.rows.reverse();
      this.isAtEnd = this.rows.length < rowsPerRead;
    }
    return this.rows.at(-1) ?? null;
  }

  take(): void {
    this.place = this.rows.pop()?.seq ?? this.place;
  }
}

function compareRows(a: EffectiveOutcome | null, b: EffectiveOutcome | null, records: number): number {
  if (a === null || b === null) return a === null ? 1 : -1;
  const [isRemovalA, isRemovalB] = [a.seq >= records, b.seq >= records];
  if (isRemovalA !== isRemovalB) return isRemovalA ? 1 : -1;
  if (!isRemovalA) return a.seq - b.seq;
  return Buffer.compare(Buffer.from(a.sourceId ?? ''), Buffer.from(b.sourceId ?? ''));
}

function toDifference(
  rowA: EffectiveOutcome | null,
  rowB: EffectiveOutcome | null,
  idA: SyncId,
  idB: SyncId,
  records: number,
): Difference | null {
  const row = rowA ?? rowB;
  if (row === null) return null;
  const a = sideOf(rowA, idA, row.seq, records);
  const b = sideOf(rowB, idB, row.seq, records);
  const attributes = otherwise(a?.changes ?? {}, b?.changes ?? {});
  if (a?.outcome === b?.outcome && a?.reason === b?.reason && attributes.length === 0) return null;
  const { sourceId, userId, label } = row;
  return { sourceId, userId, label: label ?? rowB?.label ?? null, a, b, attributes };
}

function sideOf(row: EffectiveOutcome | null, sync: SyncId, seq: number, records: number): ComparedOutcome | null {
  if (row !== null) {
    const { outcome, reason, changes } = row;
    return { outcomeId: outcomeId(sync, row.seq), outcome, reason, changes };
  }
  if (seq >= records) return null;
  return { outcomeId: outcomeId(sync, seq), outcome: 'skipped', reason: 'unchanged', changes: {} };
}

function otherwise(a: Changes, b: Changes): string[] {
  const after = (changes: Changes, name: string): AttributeValue | undefined =>
    Object.hasOwn(changes, name) ? changes[name]?.[1] : undefined;
  return [...new Set([...Object.keys(a), ...Object.keys(b)])]
    .filter((name) => JSON.stringify(after(a, name)) !== JSON.stringify(after(b, name)))
    .sort();
}
