import type { Command } from 'commander';
import type { ScimToken } from '#api-client';
import { type ContextOf, show } from '../context.js';
import { findIntegration } from '../find-integration.js';
import { renderTable } from '../output/table.js';
import { moment } from '../output/text.js';

export function addScimTokenCommands(program: Command, contextOf: ContextOf): void {
  const token = program.command('scim-token').description('tokens with which identity providers push people');

  token
    .command('list [integration]')
    .description('an integration’s tokens, without the tokens themselves')
    .action(async (wanted: string | undefined, _options: object, command: Command) => {
      const context = contextOf(command);
      const { id } = await findIntegration(context.api, wanted);
      const tokens = await context.api.inTenant('GET', '/integrations/{integration}/scim-tokens', {
        path: { integration: id },
      });
      show(context, tokens, () => {
        const columns = [
          { head: 'Id', value: (one: ScimToken) => one.id },
          { head: 'Label', value: ({ label }: ScimToken) => label, flexible: true },
          { head: 'Created (UTC)', value: ({ createdAt }: ScimToken) => moment(createdAt) },
          {
            head: 'Last used',
            value: ({ lastUsedAt }: ScimToken) => (lastUsedAt === null ? 'never' : moment(lastUsedAt)),
          },
        ];
        context.terminal.print(renderTable(context.terminal, columns, tokens.items));
      });
    });

  token
    .command('create [integration]')
    .description('make a token; it is shown this once')
    .requiredOption('--label <label>', 'what it is for')
    .action(async (wanted: string | undefined, { label }: { label: string }, command: Command) => {
      const context = contextOf(command);
      const { id } = await findIntegration(context.api, wanted);
      const made = await context.api.inTenant('POST', '/integrations/{integration}/scim-tokens', {
        path: { integration: id },
        body: { label },
      });
      show(context, made, () => {
        context.terminal.print(made.token);
        context.terminal.note(`This is the token ${made.id}, shown this once.`);
      });
    });

  token
    .command('delete <id> [integration]')
    .description('withdraw a token; it stops working at once')
    .action(async (tokenId: string, wanted: string | undefined, _options: object, command: Command) => {
      const context = contextOf(command);
      const { id } = await findIntegration(context.api, wanted);
      await context.api.inTenant('DELETE', '/integrations/{integration}/scim-tokens/{token}', {
        path: { integration: id, token: tokenId },
      });
      show(context, { id: tokenId, deleted: true }, () => context.terminal.print(`Token ${tokenId} works no more.`));
    });
}
