/** Null is an empty cell. */
export type CsvCell = string | number | boolean | null;

/** What spreadsheets take for the start of a formula (OWASP, CSV injection), in full width too. */
const startsFormula = /^[=+\-@\t\r\n＝＋－＠]/;
const needsQuotes = /[",\r\n]/;

/**
 * One row as RFC 4180 has it, its line end included. Text that a spreadsheet would take for a formula gets an apostrophe
 * before it; numbers are numbers, a minus before them too.
 */
export function csvRow(cells: readonly CsvCell[]): string {
  return `${cells.map(toText).join(',')}\r\n`;
}

function toText(cell: CsvCell): string {
  if (cell === null) return '';
  if (typeof cell !== 'string') return String(cell);
  const text = startsFormula.test(cell) ? `'${cell}` : cell;
  return needsQuotes.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
