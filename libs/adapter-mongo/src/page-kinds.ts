import type { OutcomeRow } from '#core';
import { countKey } from '#core';

/** Of which kind each planned row of a page is, without the rows. */
export interface PageKinds {
  /** As `countKey` makes them; at most 255. */
  kinds: string[];
  /** Of each sequence from the page's first on, a byte: which of the kinds, counted from 1; 0 for what has no row. */
  kindOf: Uint8Array;
}

export function packPageKinds(rows: readonly OutcomeRow[], firstSeq: number): PageKinds {
  const last = rows.reduce((highest, { seq }) => Math.max(highest, seq), firstSeq - 1);
  const kindOf = new Uint8Array(last + 1 - firstSeq);
  const numbers = new Map<string, number>();
  for (const { seq, outcome, reason, state } of rows) {
    const kind = countKey(outcome, reason, state);
    const number = numbers.get(kind) ?? numbers.size + 1;
    numbers.set(kind, number);
    kindOf[seq - firstSeq] = number;
  }
  return { kinds: [...numbers.keys()], kindOf };
}

/** The kind of each row, by sequence. */
export function* kindsIn({ kinds, kindOf }: PageKinds, firstSeq: number): Generator<[seq: number, kind: string]> {
  for (const [place, number] of kindOf.entries()) {
    const kind = kinds[number - 1];
    if (kind !== undefined) yield [firstSeq + place, kind];
  }
}
