import type { AnswerTo, Provenance } from '#api-client';
import { renderTable } from './table.js';
import type { Terminal } from './terminal.js';
import { moment, shown, wrap } from './text.js';

/** Where a value comes from, to stand behind it; nothing where that is not known. */
export function provenanceText(provenance: Provenance | null | undefined): string {
  if (provenance === null || provenance === undefined) return '';
  const { at, byHand, syncId, mappingVersion } = provenance;
  const how = byHand ? 'by hand' : mappingVersion === null ? 'undone' : `mapping ${String(mappingVersion)}`;
  return `  (${how}, ${moment(at).slice(0, 10)}, ${syncId})`;
}

/** What happened to a user: a line each, and what changed below it. */
export function printHistory(terminal: Terminal, page: AnswerTo<'/v1/tenants/{tenant}/users/{user}/history'>): void {
  if (page.items.length === 0) {
    terminal.print('Nothing is known any more of how this user came about.');
    return;
  }
  const width = Math.min(terminal.width ?? 120, 120);
  for (const entry of page.items) {
    const state = entry.state ?? '';
    const dry = entry.mode === 'dry' ? 'dry ' : '';
    terminal.print(
      terminal.style(
        'bold',
        `${moment(entry.at)} UTC  ${entry.outcome}: ${entry.reason}${state === '' ? '' : ` (${state})`}`,
      ),
    );
    terminal.print(wrap(entry.why, width, '  '));
    terminal.print(
      `  ${dry}${entry.trigger} sync ${entry.syncId}${entry.requestedBy === null ? '' : `, asked for by ${entry.requestedBy}`}`,
    );
    const changes = Object.entries(entry.changes);
    if (changes.length > 0) {
      const columns = [
        { head: '  Attribute', value: ([name]: (typeof changes)[number]) => `  ${name}`, flexible: true },
        { head: 'Before', value: ([, { before }]: (typeof changes)[number]) => shown(before), flexible: true },
        { head: 'After', value: ([, { after }]: (typeof changes)[number]) => shown(after), flexible: true },
      ];
      terminal.print(renderTable(terminal, columns, changes));
    }
    terminal.print();
  }
  const [first] = page.items;
  if (first !== undefined) terminal.note(`Next: muster sync explain ${first.id}`);
  if (page.nextCursor !== null) terminal.note('There is more: --limit <number>.');
}
