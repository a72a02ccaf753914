import type { Command } from 'commander';
import type { ScimRequest } from '#api-client';
import { type ContextOf, show } from '../context.js';
import { findIntegration } from '../find-integration.js';
import { renderTable } from '../output/table.js';
import { moment } from '../output/text.js';
import { wholeNumber } from './options.js';

/** `muster integration requests`. */
export function addIntegrationRequestsCommand(integration: Command, contextOf: ContextOf): void {
  integration
    .command('requests [integration]')
    .description('what identity providers have asked of its SCIM service, newest first')
    .option('--refused', 'only what was answered with an error')
    .option('--limit <number>', 'at most so many', wholeNumber, 20)
    .action(async (wanted: string | undefined, options: { refused?: boolean; limit: number }, command: Command) => {
      const context = contextOf(command);
      const { id } = await findIntegration(context.api, wanted);
      const request = {
        path: { integration: id },
        query: options.refused === true ? ({ refused: 'true' } as const) : {},
      };
      const page = await context.api.list('/integrations/{integration}/scim-requests', request, options.limit);
      show(context, page, () => {
        const columns = [
          { head: 'Time (UTC)', value: ({ at }: ScimRequest) => moment(at) },
          { head: 'Client', value: ({ client }: ScimRequest) => client?.label ?? 'unknown' },
          { head: 'Request', value: ({ method, path }: ScimRequest) => `${method} ${path}`, flexible: true },
          { head: 'Status', value: ({ status }: ScimRequest) => status, align: 'right' as const },
          { head: 'Sync or reason', value: ({ syncId, detail }: ScimRequest) => detail ?? syncId, flexible: true },
        ];
        context.terminal.print(renderTable(context.terminal, columns, page.items));
      });
    });
}
