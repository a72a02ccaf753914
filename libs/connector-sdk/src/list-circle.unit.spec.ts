import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ListCircle } from './list-circle.js';

/** After how many pages a circle is seen; null: never. */
function seenAfter(pages: Iterable<readonly (string | null)[]>): number | null {
  const circle = new ListCircle();
  let count = 0;
  for (const page of pages) {
    count += 1;
    if (circle.closes(page)) return count;
  }
  return null;
}

const size = fc.integer({ min: 1, max: 40 });

it('sees a circle of any length behind a start of any length, within a few rounds', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 40 }), size, size, (before, people, pageSize) => {
      const at = (place: number): string => (place < before ? `before-${place}` : `round-${(place - before) % people}`);
      const most = 4 * (before + 2 * people + 2);
      const pages = Array.from({ length: most }, (_, page) =>
        Array.from({ length: pageSize }, (__, place) => at(page * pageSize + place)),
      );
      expect(seenAfter(pages)).not.toBeNull();
    }),
  );
});

it('sees none in a list that has none, whoever is without an id', () => {
  fc.assert(
    fc.property(size, size, (pages, pageSize) => {
      const list = Array.from({ length: pages }, (_, page) =>
        Array.from({ length: pageSize }, (__, place) => (place % 3 === 1 ? null : `${page}-${place}`)),
      );
      expect(seenAfter([...list, [], [null], [null], [null]])).toBeNull();
    }),
  );
});

it('takes nobody who comes twice for a circle', () => {
  expect(seenAfter([['a', 'a'], ['a', 'b'], ['b', 'c'], ['c', 'd'], ['a', 'e'], ['b', 'f'], ['g']])).toBeNull();
});
