const gramLength = 3;

/**
 * An FTS5 query for texts that have trigrams of this one, `most` of them, evenly spread: each costs a list to be read, and those between
 * rule out little more. Of an e-mail address they are of what comes before its domain, which whole companies share. Null when
 * it has fewer than three letters. Letters of NUL count for nothing: FTS5 passes over them in texts, and takes one for the end
 * of a query.
 */
export function trigramQuery(text: string, most: number): string | null {
  const letters = [...text.toWellFormed().replaceAll('\0', '')];
  if (letters.length < gramLength) return null;
  const at = letters.indexOf('@');
  const telling = at < gramLength - 1 ? letters : letters.slice(0, at + 1);
  const last = telling.length - gramLength;
  const gaps = Math.max(1, Math.min(most - 1, last));
  const grams = new Set<string>();
  for (let nth = 0; nth <= gaps; nth += 1) {
    const start = Math.round((nth * last) / gaps);
    grams.add(telling.slice(start, start + gramLength).join(''));
  }
  return [...grams].map(asTerm).join(' AND ');
}

/** Whether {@link trigramQuery} finds those texts that hold this one and no others. */
export function isOneTrigram(text: string): boolean {
  return !text.includes('\0') && [...text].length === gramLength;
}

/** Three letters as FTS5 reads them. */
export function asTerm(gram: string): string {
  return `"${gram.replaceAll('"', '""')}"`;
}
