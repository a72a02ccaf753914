const gramLength = 3;
/** Letters of a name from which on every third trigram tells enough; below, every second. */
const longName = 9;

/**
 * An FTS5 query for texts that have trigrams of this one which cover it: each costs a list to be read, and those between
 * rule out little more. Of an e-mail address they are of what comes before its domain, which whole companies share. Null when
 * it has fewer than three letters. Letters of NUL count for nothing: FTS5 passes over them in texts, and takes one for the end
 * of a query.
 */
export function trigramQuery(text: string): string | null {
  const letters = [...text.toWellFormed().replaceAll('\0', '')];
  if (letters.length < gramLength) return null;
  const at = letters.indexOf('@');
  const telling = at < gramLength - 1 ? letters : letters.slice(0, at + 1);
  const last = telling.length - gramLength;
  const step = telling.length < longName ? 2 : gramLength;
  const grams = new Set<string>();
  for (let from = 0; from < last + step; from += step) {
    const start = Math.min(from, last);
    grams.add(telling.slice(start, start + gramLength).join(''));
  }
  return [...grams].map(asTerm).join(' AND ');
}

/** Three letters as FTS5 reads them. */
export function asTerm(gram: string): string {
  return `"${gram.replaceAll('"', '""')}"`;
}
