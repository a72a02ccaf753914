const gramLength = 3;

/** An FTS5 query for texts that have every three letters of this one; null when it has fewer than three. */
export function trigramQuery(text: string): string | null {
  const letters = [...text.toWellFormed()];
  if (letters.length < gramLength) return null;
  const grams = letters.slice(gramLength - 1).map((_, index) => letters.slice(index, index + gramLength).join(''));
  return [...new Set(grams)].map(asTerm).join(' AND ');
}

/** Three letters as FTS5 reads them. */
export function asTerm(gram: string): string {
  return `"${gram.replaceAll('"', '""')}"`;
}
