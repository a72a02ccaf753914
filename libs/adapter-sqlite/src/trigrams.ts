const gramLength = 3;

/**
 * An FTS5 query for texts that have every three letters of this one; null when it has fewer than three. Letters of NUL count for
 * nothing: FTS5 passes over them in texts, and takes one for the end of a query.
 */
export function trigramQuery(text: string): string | null {
  const letters = [...text.toWellFormed().replaceAll('\0', '')];
  if (letters.length < gramLength) return null;
  const grams = letters.slice(gramLength - 1).map((_, index) => letters.slice(index, index + gramLength).join(''));
  return [...new Set(grams)].map(asTerm).join(' AND ');
}

/** Three letters as FTS5 reads them. */
export function asTerm(gram: string): string {
  return `"${gram.replaceAll('"', '""')}"`;
}
