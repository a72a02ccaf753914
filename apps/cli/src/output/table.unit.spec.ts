import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { type Column, renderTable } from './table.js';
import { Terminal } from './terminal.js';

interface Row {
  id: string;
  name: string;
  amount: number;
}

const columns: Column<Row>[] = [
  { head: 'Id', value: ({ id }) => id },
  { head: 'Name', value: ({ name }) => name, flexible: true },
  { head: 'Amount', value: ({ amount }) => amount, align: 'right' },
];

function terminalOf(width: number | null): Terminal {
  const stream = Object.assign(Object.create(process.stdout) as typeof process.stdout, {});
  Object.defineProperty(stream, 'isTTY', { value: width !== null });
  Object.defineProperty(stream, 'columns', { value: width ?? undefined });
  return new Terminal(stream, stream);
}

const rows: Row[] = [
  { id: 'usr_0123456789', name: 'Ana Maria da Conceição Ferreira de Albuquerque', amount: 1 },
  { id: 'usr_0123456780', name: '高橋 美咲 と その とても 長い 名前', amount: 1000 },
];

describe('a table', () => {
  it('stands whole where the output is no terminal', () => {
    expect(renderTable(terminalOf(null), columns, rows.slice(0, 1))).toBe(
      'Id              Name                                            Amount\n' +
        'usr_0123456789  Ana Maria da Conceição Ferreira de Albuquerque       1',
    );
  });

  it('fits the terminal: flexible columns are cut, ids and numbers are not', () => {
    const lines = stripVTControlCharacters(renderTable(terminalOf(50), columns, rows)).split('\n');
    expect(lines).toHaveLength(3);
    for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(50);
    expect(lines[1]).toMatch(/^usr_0123456789 {2}Ana Maria.*… +1$/);
    expect(lines[2]).toMatch(/^usr_0123456780 {2}高橋.*… +1000$/);
  });

  it('shows escape sequences and line breaks from outside as harmless text', () => {
    const evil = { id: 'a\nb', name: '\u001b[31mred\u001b[0m\u0007', amount: 0 };
    const text = renderTable(terminalOf(null), columns, [evil]);
    expect(text.split('\n')).toHaveLength(2);
    expect(text).not.toContain('\u001b');
    expect(text).toContain('red');
  });
});
