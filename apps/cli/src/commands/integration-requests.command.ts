import type { Command } from 'commander';
import type { ScimRequest } from '#api-client';
import { type ContextOf, show } from '../context.js';
import { findIntegration } from '../find-integration.js';
import { scimBodyText } from '../output/scim-body.js';
import { renderTable } from '../output/table.js';
import { moment, momentUtc, pairs } from '../output/text.js';
import { wholeNumber } from './options.js';

interface ListOptions {
  refused?: boolean;
  resource?: string;
  limit: number;
}

/** `muster integration requests` and `muster integration request`. */
export function addIntegrationRequestsCommands(integration: Command, contextOf: ContextOf): void {
  integration
    .command('requests [integration]')
    .description('what identity providers have asked of its SCIM service, newest first')
    .option('--refused', 'only what was answered with an error')
    .option('--resource <id>', 'only what was about this user or group, by its SCIM id')
    .option('--limit <number>', 'at most so many', wholeNumber, 20)
    .action(async (wanted: string | undefined, { refused, resource, limit }: ListOptions, command: Command) => {
      const context = contextOf(command);
      const { id } = await findIntegration(context.api, wanted);
      const request = {
        path: { integration: id },
        query: {
          ...(refused === true ? ({ refused: 'true' } as const) : {}),
          ...(resource === undefined ? {} : { resource }),
        },
      };
      const page = await context.api.list('/integrations/{integration}/scim-requests', request, limit);
      show(context, page, () => {
        const columns = [
          { head: 'Id', value: (one: ScimRequest) => one.id },
          { head: 'Time (UTC)', value: ({ at }: ScimRequest) => moment(at) },
          { head: 'Client', value: ({ client }: ScimRequest) => client?.label ?? 'unknown' },
          { head: 'Request', value: requestText, flexible: true },
          { head: 'Status', value: ({ status }: ScimRequest) => status, align: 'right' as const },
          { head: 'Sync or reason', value: ({ syncId, detail }: ScimRequest) => detail ?? syncId, flexible: true },
        ];
        context.terminal.print(renderTable(context.terminal, columns, page.items));
      });
    });

  integration
    .command('request <request> [integration]')
    .description('one of those requests with its body, passwords left out')
    .action(async (id: string, wanted: string | undefined, _options: object, command: Command) => {
      const context = contextOf(command);
      const { id: of } = await findIntegration(context.api, wanted);
      const path = { integration: of, scimRequest: id };
      const route = '/integrations/{integration}/scim-requests/{scimRequest}';
      const found = await context.api.inTenant('GET', route, { path });
      show(context, found, () => {
        const { at, client, status, detail, resourceId, syncId, body } = found;
        const lines: [string, string | number | null][] = [
          ['Time', momentUtc(at)],
          ['Client', client?.label ?? 'unknown'],
          ['Request', requestText(found)],
          ['Status', status],
          ['Reason', detail],
          ['User or group', resourceId],
          ['Sync', syncId],
        ];
        const known = lines.filter(([, value]) => value !== null);
        context.terminal.print(pairs(known.map(([label, value]) => [label, String(value)])));
        context.terminal.print(`\n${scimBodyText(body)}`);
      });
    });
}

function requestText({ method, path, bulkRequestId }: ScimRequest): string {
  return `${method} ${path}${bulkRequestId === null ? '' : ' (in a bulk request)'}`;
}
