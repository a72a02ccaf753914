import type { Command } from 'commander';
import { type ContextOf, show } from '../context.js';
import { findIntegration } from '../find-integration.js';
import { fieldTable } from '../output/field-table.js';
import { count } from '../output/text.js';

/** `muster integration fields`. */
export function addIntegrationFieldsCommand(integration: Command, contextOf: ContextOf): void {
  integration
    .command('fields [integration]')
    .description('what the source’s records look like, with the expression for each field')
    .action(async (wanted: string | undefined, _options: object, command: Command) => {
      const context = contextOf(command);
      const { id } = await findIntegration(context.api, wanted);
      const found = await context.api.inTenant('GET', '/integrations/{integration}/payload-fields', {
        path: { integration: id },
      });
      show(context, found, () => {
        context.terminal.print(fieldTable(context.terminal, found.items));
        context.terminal.note(`\nFrom ${count(found.recordsRead)} records of sync ${found.syncId}.`);
      });
    });
}
