import type { Command } from 'commander';
import type { Webhook } from '#api-client';
import { type ContextOf, show } from '../context.js';
import { integrationId } from '../find-integration.js';
import { renderTable } from '../output/table.js';
import { moment } from '../output/text.js';

export function addWebhookCommands(program: Command, contextOf: ContextOf): void {
  const webhook = program.command('webhook').description('addresses that notices are posted to, signed');

  webhook
    .command('list')
    .description('all webhooks, without their secrets')
    .action(async (_options: object, command: Command) => {
      const context = contextOf(command);
      const page = await context.api.inTenant('GET', '/webhooks');
      show(context, page, () => {
        const columns = [
          { head: 'Id', value: ({ id }: Webhook) => id },
          { head: 'Address', value: ({ url }: Webhook) => url, flexible: true },
          { head: 'Integration', value: ({ integrationId }: Webhook) => integrationId ?? 'all' },
          { head: 'Created (UTC)', value: ({ createdAt }: Webhook) => moment(createdAt) },
        ];
        context.terminal.print(renderTable(context.terminal, columns, page.items));
      });
    });

  webhook
    .command('create <url>')
    .description('have notices posted there; shows the secret that verifies them, once')
    .option('--integration <integration>', 'only what concerns this one, by id or name')
    .action(async (url: string, { integration }: { integration?: string }, command: Command) => {
      const context = contextOf(command);
      const of = (await integrationId(context.api, integration)) ?? null;
      const made = await context.api.inTenant('POST', '/webhooks', { body: { url, integrationId: of } });
      show(context, made, () => {
        context.terminal.print(made.secret);
        context.terminal.note(`Webhook ${made.id} is there. Its secret is shown this once: keep it.`);
      });
    });

  webhook
    .command('delete <webhook>')
    .description('have notices posted there no more')
    .action(async (id: string, _options: object, command: Command) => {
      const context = contextOf(command);
      await context.api.inTenant('DELETE', '/webhooks/{webhook}', { path: { webhook: id } });
      show(context, { id, deleted: true }, () => context.terminal.print(`Webhook ${id} is gone.`));
    });
}
