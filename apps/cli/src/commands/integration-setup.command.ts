import type { Command } from 'commander';
import { type ContextOf, show } from '../context.js';
import { findIntegration } from '../find-integration.js';
import { Terminal } from '../output/terminal.js';
import { pairs } from '../output/text.js';

/** `muster integration setup`. */
export function addIntegrationSetupCommand(integration: Command, contextOf: ContextOf): void {
  integration
    .command('setup [integration]')
    .description('what whoever runs the source has to do there, with the values to copy')
    .action(async (wanted: string | undefined, _options: object, command: Command) => {
      const context = contextOf(command);
      const { id } = await findIntegration(context.api, wanted);
      const setup = await context.api.inTenant('GET', '/integrations/{integration}/setup', {
        path: { integration: id },
      });
      show(context, setup, () => {
        const { terminal } = context;
        if (setup.steps.length === 0) terminal.print('Nothing is to be done at the source.');
        for (const [index, { title, text, values }] of setup.steps.entries()) {
          terminal.print(`${terminal.style('bold', `${String(index + 1)}. ${title}`)}\n${text}`);
          // Values of several lines are copied as they are.
          const lines = values.filter(({ value }) => !value.includes('\n'));
          if (lines.length > 0) terminal.print(pairs(lines.map(({ label, value }) => [label, value])));
          for (const { label, value } of values)
            if (value.includes('\n')) terminal.print(`${label}\n${Terminal.cleanLines(value)}`);
          terminal.print();
        }
      });
    });
}
