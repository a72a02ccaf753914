import { type Command, Option } from 'commander';
import type { Notice } from '#api-client';
import { type ContextOf, show } from '../context.js';
import { integrationId } from '../find-integration.js';
import { renderTable } from '../output/table.js';
import { moment } from '../output/text.js';
import { wholeNumber } from './options.js';

interface ListOptions {
  integration?: string;
  state?: Notice['state'];
  limit: number;
}

export function addNoticeCommands(program: Command, contextOf: ContextOf): void {
  const notice = program.command('notice').description('what contacts and webhooks were told');

  notice
    .command('list')
    .description('notices, newest first')
    .option('--integration <integration>', 'of this one, by id or name')
    .addOption(new Option('--state <state>').choices(['waiting', 'sent', 'failed']))
    .option('--limit <number>', 'at most so many', wholeNumber, 50)
    .action(async ({ integration, state, limit }: ListOptions, command: Command) => {
      const context = contextOf(command);
      const query = { integration: await integrationId(context.api, integration), state };
      const page = await context.api.list('/notices', { query }, limit);
      show(context, page, () => {
        const columns = [
          { head: 'When (UTC)', value: ({ happenedAt }: Notice) => moment(happenedAt) },
          { head: 'What', value: ({ title }: Notice) => title, flexible: true },
          { head: 'Times', value: ({ count }: Notice) => count, align: 'right' as const },
          { head: 'To', value: ({ target }: Notice) => target },
          { head: 'State', value: ({ state: reached }: Notice) => reached },
          { head: 'Tries', value: ({ tries }: Notice) => tries, align: 'right' as const },
          { head: 'Error', value: ({ lastError }: Notice) => lastError, flexible: true },
        ];
        context.terminal.print(renderTable(context.terminal, columns, page.items));
        if (!page.email.enabled) context.terminal.note(page.email.message);
        if (page.nextCursor !== null) context.terminal.note('There are more: --limit <number>.');
      });
    });
}
