/** CSV as reports from Windows are written: semicolons, CRLF, every cell quoted. */
export function windowsCsv(rows: readonly (readonly string[])[]): string {
  return rows
    .map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(';'))
    .join('\r\n')
    .concat('\r\n');
}
