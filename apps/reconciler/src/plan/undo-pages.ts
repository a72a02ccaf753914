import type { EffectiveOutcome, OutcomeStore, Sync } from '#core';

const mostRows = 500;
/** As for pages of records: what is put together in one message. */
const bytesPerPage = 512 * 1024;
/** What a row has beside its changes, about. */
const bytesPerRow = 300;

/** A page of an undo: the applied outcomes that it takes back, in order; null where retention has taken one meanwhile. */
export interface UndoPage {
  page: number;
  firstSeq: number;
  undone: (EffectiveOutcome | null)[];
}

/**
 * Cuts the applied outcomes of a sync into the pages of its undo. The cuts depend on stored rows alone, so that whoever
 * starts again finds the same pages.
 *
 * @param rowsPerPage the most outcomes of a page
 */
export async function* undoPages(
  outcomes: OutcomeStore,
  { tenantId, undo }: Pick<Sync, 'tenantId' | 'undo'>,
  rowsPerPage = mostRows,
): AsyncGenerator<UndoPage> {
  if (undo === null) return;
  let next: UndoPage = { page: 0, firstSeq: 0, undone: [] };
  let bytes = 0;
  const total = (): number => next.firstSeq + next.undone.length;
  const turn = (): UndoPage => {
    const full = next;
    next = { page: full.page + 1, firstSeq: total(), undone: [] };
    bytes = 0;
    return full;
  };
  for (let after = -1; total() < undo.outcomes;) {
    const found = await outcomes.list(tenantId, undo.syncId, { state: 'applied' }, after, rowsPerPage);
    for (const row of found.slice(0, undo.outcomes - total())) {
      next.undone.push(row);
      bytes += JSON.stringify(row.changes).length + bytesPerRow;
      if (next.undone.length >= rowsPerPage || bytes >= bytesPerPage) yield turn();
    }
    const last = found.at(-1);
    if (found.length < rowsPerPage || last === undefined) break;
    after = last.seq;
  }
  while (total() < undo.outcomes) {
    next.undone.push(null);
    if (next.undone.length >= rowsPerPage) yield turn();
  }
  if (next.undone.length > 0) yield next;
}
