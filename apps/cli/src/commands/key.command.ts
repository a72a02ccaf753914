import { type Command, Option } from 'commander';
import type { ApiKey } from '#api-client';
import { type ContextOf, show } from '../context.js';
import { renderTable } from '../output/table.js';
import { moment, pairs } from '../output/text.js';

export function addKeyCommands(program: Command, contextOf: ContextOf): void {
  program
    .command('me')
    .description('who the API key is')
    .action(async (_options: object, command: Command) => {
      const context = contextOf(command);
      const me = await context.api.request('GET', '/v1/me');
      show(context, me, () =>
        context.terminal.print(
          pairs([
            ['Key', me.keyId],
            ['Label', me.label],
            ['Role', me.role],
            ['Tenant', me.tenantId ?? 'all'],
          ]),
        ),
      );
    });

  const key = program.command('key').description('API keys of the tenant');

  key
    .command('list')
    .description('the keys, without the keys themselves')
    .action(async (_options: object, command: Command) => {
      const context = contextOf(command);
      const page = await context.api.list('/api-keys', {}, 1000);
      show(context, page, () => {
        const columns = [
          { head: 'Id', value: ({ id }: ApiKey) => id },
          { head: 'Label', value: ({ label }: ApiKey) => label, flexible: true },
          { head: 'Role', value: ({ role }: ApiKey) => role },
          { head: 'Created (UTC)', value: ({ createdAt }: ApiKey) => moment(createdAt) },
        ];
        context.terminal.print(renderTable(context.terminal, columns, page.items));
      });
    });

  key
    .command('create')
    .description('make a key; it is shown this once')
    .requiredOption('--label <label>', 'what it is for')
    .addOption(new Option('--role <role>').choices(['viewer', 'admin']).default('viewer'))
    .action(async ({ label, role }: { label: string; role: 'viewer' | 'admin' }, command: Command) => {
      const context = contextOf(command);
      const made = await context.api.inTenant('POST', '/api-keys', {
        body: { label, role },
      });
      show(context, made, () => {
        context.terminal.print(made.apiKey);
        context.terminal.note(`This is the ${role} key ${made.id}, shown this once.`);
      });
    });

  key
    .command('delete <id>')
    .description('withdraw a key; it stops working at once')
    .action(async (id: string, _options: object, command: Command) => {
      const context = contextOf(command);
      await context.api.inTenant('DELETE', '/api-keys/{key}', { path: { key: id } });
      show(context, { id, deleted: true }, () => context.terminal.print(`Key ${id} works no more.`));
    });
}
