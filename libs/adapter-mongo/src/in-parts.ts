/** Ids in one condition, writes in one request: MongoDB takes no more than 16 MB in one. */
const atOnce = 1_000;

/** A long list in parts that fit into one request each. */
export function* inParts<One>(all: readonly One[]): Generator<One[]> {
  for (let from = 0; from < all.length; from += atOnce) yield all.slice(from, from + atOnce);
}
