import type { Command } from 'commander';
import { type ContextOf, show } from '../context.js';
import { findIntegration } from '../find-integration.js';
import { pairs } from '../output/text.js';
import { rateBudgetPairs } from '../rate-budget-options.js';

/** `muster integration rate-budget`. */
export function addIntegrationRateBudgetCommand(integration: Command, contextOf: ContextOf): void {
  integration
    .command('rate-budget [integration]')
    .description('how often its source may be asked, and what is left of that')
    .action(async (wanted: string | undefined, _options: object, command: Command) => {
      const context = contextOf(command);
      const { id } = await findIntegration(context.api, wanted);
      const budget = await context.api.inTenant('GET', '/integrations/{integration}/rate-budget', {
        path: { integration: id },
      });
      show(context, budget, () => context.terminal.print(pairs(rateBudgetPairs(budget))));
    });
}
