import type { Command } from 'commander';
import type { AuditEntry } from '#api-client';
import { type ContextOf, show } from '../context.js';
import { renderTable } from '../output/table.js';
import { moment } from '../output/text.js';
import { wholeNumber } from './options.js';

interface ListOptions {
  actor?: string;
  action?: string;
  target?: string;
  from?: string;
  to?: string;
  limit: number;
}

export function addAuditCommands(program: Command, contextOf: ContextOf): void {
  const audit = program.command('audit').description('who changed which setting or decided what');

  audit
    .command('list')
    .description('entries, newest first')
    .option('--actor <actor>', 'of this actor, e.g. key:key_…')
    .option('--action <action>', 'e.g. sync.approve, or sync.* for all on syncs')
    .option('--target <id>', 'on this thing')
    .option('--from <instant>', 'at this instant or after, RFC 3339 UTC')
    .option('--to <instant>', 'before this instant')
    .option('--limit <number>', 'at most so many', wholeNumber, 50)
    .action(async ({ limit, ...filter }: ListOptions, command: Command) => {
      const context = contextOf(command);
      const page = await context.api.list('/audit', { query: filter }, limit);
      show(context, page, () => {
        const columns = [
          { head: 'When (UTC)', value: ({ at }: AuditEntry) => moment(at) },
          { head: 'Who', value: ({ actor }: AuditEntry) => actor },
          { head: 'What', value: ({ action }: AuditEntry) => action },
          { head: 'On', value: ({ target }: AuditEntry) => target },
          { head: 'Detail', value: ({ detail }: AuditEntry) => detail, flexible: true },
        ];
        context.terminal.print(renderTable(context.terminal, columns, page.items));
        if (page.nextCursor !== null) context.terminal.note('There are more: --limit <number>.');
      });
    });
}
