import Table from 'cli-table3';
import stringWidth from 'string-width';
import { Terminal } from './terminal.js';

export interface Column<Row> {
  head: string;
  value: (row: Row) => string | number | null;
  align?: 'right';
  /** Gives way first when the terminal is narrow. */
  flexible?: boolean;
}

const gap = 2;
const leastWidth = 8;

/** A table without frames that fits the terminal: flexible columns are cut with an ellipsis. */
export function renderTable<Row>(terminal: Terminal, columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const cells = rows.map((row) => columns.map(({ value }) => Terminal.clean(String(value(row) ?? '–'))));
  const natural = columns.map(({ head }, index) =>
    Math.max(stringWidth(head), ...cells.map((row) => stringWidth(row[index] ?? ''))),
  );
  const widths = fit(natural, columns, terminal.width);
  const blank = Object.fromEntries(frameParts.map((part) => [part, '']));
  const table = new Table({
    head: columns.map(({ head, align }, index) =>
      terminal.style('bold', aligned(cut(head, widths[index] ?? 0), widths[index] ?? 0, align)),
    ),
    colWidths: widths.map((width, index) => width + (index === columns.length - 1 ? 0 : gap)),
    chars: blank,
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [], compact: true },
  });
  table.push(
    ...cells.map((row) =>
      row.map((text, index) => aligned(cut(text, widths[index] ?? 0), widths[index] ?? 0, columns[index]?.align)),
    ),
  );
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

/** Filled up on the left within its own width, so that the gap to the next column stays. */
function aligned(text: string, width: number, align: 'right' | undefined): string {
  return align === 'right' ? `${' '.repeat(Math.max(0, width - stringWidth(text)))}${text}` : text;
}

function cut(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  let result = '';
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (stringWidth(result + segment) > width - 1) break;
    result += segment;
  }
  return `${result}…`;
}

function fit<Row>(natural: readonly number[], columns: readonly Column<Row>[], available: number | null): number[] {
  const widths = [...natural];
  if (available === null) return widths;
  const excess = () => widths.reduce((sum, width) => sum + width, 0) + gap * (widths.length - 1) - available;
  for (const flexibleOnly of [true, false]) {
    while (excess() > 0) {
      const candidates = widths.map((width, index) => (flexibleOnly && columns[index]?.flexible !== true ? 0 : width));
      const widest = Math.max(...candidates);
      if (widest <= leastWidth) break;
      const index = candidates.indexOf(widest);
      widths[index] = widest - 1;
    }
  }
  return widths;
}

const frameParts = [
  'top',
  'top-mid',
  'top-left',
  'top-right',
  'bottom',
  'bottom-mid',
  'bottom-left',
  'bottom-right',
  'left',
  'left-mid',
  'mid',
  'mid-mid',
  'right',
  'right-mid',
  'middle',
] as const;
