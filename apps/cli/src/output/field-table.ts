import { renderTable } from './table.js';
import type { Terminal } from './terminal.js';

/** A field of a source's records. */
export interface ShownField {
  /** What leads to it in a mapping. */
  readonly expression: string;
  readonly types: readonly string[];
  /** In how many records it is filled, as a share from 0 to 1. */
  readonly fillRate: number;
}

/** What records look like, a line for each field. */
export function fieldTable(terminal: Terminal, fields: readonly ShownField[]): string {
  const columns = [
    { head: 'Expression', value: ({ expression }: ShownField) => expression, flexible: true },
    { head: 'Types', value: ({ types }: ShownField) => types.join(', ') },
    {
      head: 'Filled',
      value: ({ fillRate }: ShownField) => `${String(Math.round(fillRate * 1000) / 10)} %`,
      align: 'right' as const,
    },
  ];
  return renderTable(terminal, columns, fields);
}
