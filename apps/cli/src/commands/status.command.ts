import type { Command } from 'commander';
import type { AnswerTo, Integration } from '#api-client';
import { CliError } from '../cli.errors.js';
import { type ContextOf, show } from '../context.js';
import { exitCodes } from '../exit-codes.js';
import { renderTable } from '../output/table.js';
import { Terminal } from '../output/terminal.js';
import { moment } from '../output/text.js';
import { standingText } from './integration.command.js';

type Readiness = AnswerTo<'/readyz'>;

export function addStatusCommand(program: Command, contextOf: ContextOf): void {
  program
    .command('status')
    .description('whether Muster is ready, and how the integrations of the tenant in use are doing')
    .action(async (_options: object, command: Command) => {
      const context = contextOf(command);
      const readiness = await context.api.readiness();
      const { items } =
        readiness.status === 'ready' ? await context.api.list('/integrations', {}, 1000) : { items: [] };
      show(context, { ...readiness, integrations: items }, () => {
        const { terminal } = context;
        terminal.print(`Muster at ${context.url}: ${readinessText(terminal, readiness)}`);
        for (const { part, message } of readiness.problems) terminal.print(Terminal.clean(`  ${part}: ${message}`));
        if (items.length > 0) terminal.print(`\n${integrationTable(terminal, items)}`);
      });
      if (readiness.status !== 'ready') throw new CliError('', exitCodes.unreachable);
    });
}

function readinessText(terminal: Terminal, { status }: Readiness): string {
  return status === 'ready' ? terminal.style('green', 'ready') : terminal.style('red', 'not ready');
}

function integrationTable(terminal: Terminal, integrations: readonly Integration[]): string {
  return renderTable(
    terminal,
    [
      { head: 'Integration', value: ({ name }) => name, flexible: true },
      { head: 'Standing', value: standingText },
      { head: 'Last sync', value: ({ lastSync }) => (lastSync === null ? null : `${lastSync.mode} ${lastSync.state}`) },
      { head: 'Queued (UTC)', value: ({ lastSync }) => (lastSync === null ? null : moment(lastSync.createdAt)) },
      { head: 'Next run (UTC)', value: ({ schedule }) => schedule && moment(schedule.nextRunAt) },
    ],
    integrations,
  );
}
