import type { Command } from 'commander';
import type { User } from '#api-client';
import { type ContextOf, show } from '../context.js';
import { integrationId } from '../find-integration.js';
import { renderTable } from '../output/table.js';
import { count } from '../output/text.js';
import { userStatusOption, wholeNumber } from './options.js';

interface ReportOptions {
  groupBy: string;
  top: number;
  filter?: string;
  status?: User['status'];
  integration?: string;
}

export function addReportCommands(program: Command, contextOf: ContextOf): void {
  program
    .command('report')
    .description('the directory in numbers')
    .command('users')
    .description('how many users have each value of an attribute')
    .requiredOption('--group-by <attribute>', 'e.g. department, custom.<name>, status')
    .option('--top <number>', 'at most so many values', wholeNumber, 20)
    .option('--filter <filter>', 'only these, in SCIM’s grammar: status eq "active"')
    .addOption(userStatusOption)
    .option('--integration <integration>', 'owned by this integration (id or name)')
    .action(async ({ integration: wanted, ...query }: ReportOptions, command: Command) => {
      const context = contextOf(command);
      const integration = await integrationId(context.api, wanted);
      const report = await context.api.inTenant('GET', '/reports/users', {
        query: { ...query, integration },
      });
      show(context, report, () => {
        const { groups, rest, blank, total } = report;
        const rows: [string, number][] = groups.map(({ value, users }) => [String(value), users]);
        if (rest.values > 0) rows.push([`(${count(rest.values)} other values)`, rest.users]);
        if (blank > 0) rows.push(['(blank)', blank]);
        const columns = [
          { head: report.groupBy, value: ([value]: [string, number]) => value, flexible: true },
          { head: 'Users', value: ([, users]: [string, number]) => count(users), align: 'right' as const },
        ];
        context.terminal.print(renderTable(context.terminal, columns, rows));
        context.terminal.note(`${count(total)} users in all.`);
      });
    });
}
