import type { Explanation } from '#api-client';
import { renderTable } from './table.js';
import { Terminal } from './terminal.js';
import { momentUtc, problemText, shown, wrap } from './text.js';

/** One person's outcome for people: from the record to the reason, and what to do. */
export function printExplanation(terminal: Terminal, explanation: Explanation): void {
  const { outcome, why, next, record, lastRecord, attributes, mappingVersion } = explanation;
  const width = Math.min(terminal.width ?? 100, 100);
  const place = `record ${String(outcome.seq)}`;
  const who = outcome.label ?? outcome.sourceId ?? (record.available ? place : outcome.id);
  const state = outcome.state === null ? '' : ` (${outcome.state})`;
  terminal.print(`${terminal.style('bold', Terminal.clean(who))}  ${outcome.outcome}: ${outcome.reason}${state}`);
  terminal.print();
  terminal.print(wrap(why, width));
  if (outcome.heldBy.length > 0) terminal.print(`Held by: ${outcome.heldBy.join(', ')}`);
  if (outcome.note !== null) terminal.print(wrap(outcome.note, width));
  if (next !== null) terminal.print(`${terminal.style('bold', 'What to do:')} ${wrap(next, width - 12)}`);
  for (const { attribute, problem, expression } of attributes) {
    if (problem === null) continue;
    terminal.print();
    terminal.print(terminal.style('red', Terminal.clean(problemText({ attribute, message: problem.message }))));
    if (expression !== null) terminal.print(`  expression  ${Terminal.clean(expression)}`);
  }
  if (attributes.length > 0) {
    terminal.print();
    terminal.print(
      renderTable(
        terminal,
        [
          { head: '', value: ({ problem, changed }) => (problem !== null ? '✗' : changed ? '•' : '') },
          { head: 'Attribute', value: ({ attribute }) => attribute, flexible: true },
          { head: 'Expression', value: ({ expression }) => expression, flexible: true },
          { head: 'Gave', value: ({ raw }) => (raw === null ? '–' : JSON.stringify(raw)), flexible: true },
          { head: 'Before', value: ({ before }) => shown(before), flexible: true },
          { head: 'After', value: ({ after }) => shown(after), flexible: true },
        ],
        attributes,
      ),
    );
  }
  terminal.print();
  const where = record.available ? `${place} of ${outcome.syncId}` : `sync ${outcome.syncId}`;
  terminal.print(mappingVersion === null ? `Of ${where}.` : `Mapping version ${String(mappingVersion)}; ${where}.`);
  if (record.note !== null) terminal.print(wrap(record.note, width));
  if (lastRecord !== null) {
    const { syncId, seq, at } = lastRecord;
    terminal.print(
      wrap(
        `Their last record that changed anything or was refused: record ${String(seq)} of ${syncId}, ${momentUtc(at)}.`,
        width,
      ),
    );
    terminal.print(`  muster sync record ${syncId} ${String(seq)}`);
  }
  if (record.available)
    terminal.print(`The record as received: muster sync record ${outcome.syncId} ${String(outcome.seq)}`);
}
