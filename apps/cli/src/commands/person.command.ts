import type { Command } from 'commander';
import type { FoundPeople, FoundPerson } from '#api-client';
import { type ContextOf, show } from '../context.js';
import { Terminal } from '../output/terminal.js';
import { moment, momentUtc, wrap } from '../output/text.js';

export function addPersonCommands(program: Command, contextOf: ContextOf): void {
  program
    .command('person')
    .description('people, whether they are users or not')
    .command('find <text>')
    .description('by name, e-mail, employee id or source id: where they are, or where they stopped and why')
    .action(async (text: string, _options: object, command: Command) => {
      const context = contextOf(command);
      const found = await context.api.inTenant('GET', '/people', { query: { q: text } });
      show(context, found, () => printPeople(context.terminal, found));
    });
}

function printPeople(terminal: Terminal, { items, more, isPartial, searched, lookedBack }: FoundPeople): void {
  for (const person of items) printPerson(terminal, person);
  if (items.length === 0) {
    terminal.print('Nobody like that is in the directory, nor was stopped in the newest syncs:');
    for (const { syncId, mode, state, createdAt } of searched) {
      terminal.print(`  ${moment(createdAt)} UTC  ${syncId}  ${mode}, ${state}`);
    }
    if (searched.length === 0) terminal.print('  there is none yet.');
    terminal.note(
      'The source may not have sent them. Names are known where a mapping could read them: try the source id.',
    );
  }
  if (more) terminal.note('There are more: search for more of the name, or an id.');
  if (isPartial) {
    terminal.note('Part of the syncs was left out: muster sync outcomes <sync> --q looks through all of one.');
    for (const { integrationId, syncs, since } of lookedBack.filter((one) => one.isPartial && one.since !== null)) {
      terminal.note(`Of ${integrationId} ${String(syncs)} were searched, back to ${moment(since ?? '')} UTC.`);
    }
  }
}

function printPerson(terminal: Terminal, person: FoundPerson): void {
  const { name, sourceId, user, where, next, outcome, lastRecord } = person;
  const width = Math.min(terminal.width ?? 100, 100);
  const ids = [user?.id, sourceId].filter((id) => id !== undefined && id !== null).join(', ');
  terminal.print(`${terminal.style('bold', Terminal.clean(name ?? sourceId ?? 'A person'))}  ${Terminal.clean(ids)}`);
  terminal.print(wrap(where, width, '  '));
  if (next !== null) terminal.print(wrap(`What to do: ${next}`, width, '  '));
  if (lastRecord !== null) {
    terminal.print(
      `  Last record: ${momentUtc(lastRecord.at)}, muster sync record ${lastRecord.syncId} ${String(lastRecord.seq)}`,
    );
  }
  if (outcome !== null) terminal.print(`  More: muster sync explain ${outcome.id}`);
  terminal.print();
}
