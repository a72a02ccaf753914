const gramLength = 3;

/**
 * An FTS5 query for texts that have every three letters of this one; of an e-mail address, of what comes before its domain,
 * which whole companies share. Null when it has fewer than three. Letters of NUL count for nothing: FTS5 passes over them in
 * texts, and takes one for the end of a query.
 */
export function trigramQuery(text: string): string | null {
  const letters = [...text.toWellFormed().replaceAll('\0', '')];
  if (letters.length < gramLength) return null;
  const at = letters.indexOf('@');
  const telling = at < gramLength - 1 ? letters : letters.slice(0, at + 1);
  const grams = telling.slice(gramLength - 1).map((_, index) => telling.slice(index, index + gramLength).join(''));
  return [...new Set(grams)].map(asTerm).join(' AND ');
}

/** Three letters as FTS5 reads them. */
export function asTerm(gram: string): string {
  return `"${gram.replaceAll('"', '""')}"`;
}
