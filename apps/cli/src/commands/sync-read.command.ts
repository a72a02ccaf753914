import { type Command, Option } from 'commander';
import type { Outcome, Sync } from '#api-client';
import { CliError } from '../cli.errors.js';
import { type ContextOf, show } from '../context.js';
import { integrationId } from '../find-integration.js';
import { followSync } from '../follow-sync.js';
import { IntegrationNames } from '../integration-names.js';
import { printExplanation } from '../output/explanation-report.js';
import { noProgress, progressDisplay } from '../output/progress.js';
import { scimBodyText } from '../output/scim-body.js';
import { differenceTable, outcomeTable, printSync } from '../output/sync-report.js';
import { renderTable } from '../output/table.js';
import { Terminal } from '../output/terminal.js';
import { duration, moment, momentUtc } from '../output/text.js';
import { watchSyncs } from '../watch-syncs.js';
import { exportCsv, type ExportOptions, outputOption, resumeOption } from './export-csv.js';
import { outcomeKinds, outcomeStates, wholeNumber } from './options.js';

/** `muster sync list`, `show`, `outcomes`, `explain`, `compare` and `record`. */
export function addSyncReadCommands(sync: Command, contextOf: ContextOf): void {
  sync
    .command('list')
    .description('syncs, newest first')
    .option('--integration <integration>', 'of this integration (id or name)')
    .addOption(new Option('--mode <mode>').choices(['dry', 'live']))
    .option('--state <state>')
    .option('--trigger <trigger>')
    .option('--session <sync>', 'the syncs of this push session; without it, a session is one line')
    .option('--limit <number>', 'at most so many', wholeNumber, 20)
    .option('--watch', 'go on with a line for each change, until Ctrl+C')
    .action(
      async (
        options: {
          integration?: string;
          mode?: Sync['mode'];
          state?: Sync['state'];
          trigger?: Sync['trigger'];
          session?: string;
          limit: number;
          watch?: boolean;
        },
        command: Command,
      ) => {
        const context = contextOf(command);
        const { mode, state, trigger, session, limit } = options;
        const integration = await integrationId(context.api, options.integration);
        const names = new IntegrationNames(context.api);
        const showList = async () => {
          const page = await context.api.list(
            '/syncs',
            { query: { integration, mode, state, trigger, session } },
            limit,
          );
          const named = context.json ? null : await names.of(page.items.map((sync) => sync.integrationId));
          show(context, page, () => {
            const columns = [
              { head: 'Id', value: ({ id }: Sync) => id },
              {
                head: 'Integration',
                value: (row: Sync) => named?.get(row.integrationId) ?? row.integrationId,
                flexible: true,
              },
              { head: 'Mode', value: (row: Sync) => row.mode },
              { head: 'Trigger', value: (row: Sync) => triggerOf(row, session) },
              { head: 'State', value: (row: Sync) => row.state },
              { head: 'Queued (UTC)', value: ({ createdAt }: Sync) => moment(createdAt) },
              {
                head: 'Took',
                value: ({ createdAt, endedAt }: Sync) => duration(createdAt, endedAt),
                align: 'right' as const,
              },
            ];
            context.terminal.print(renderTable(context.terminal, columns, page.items));
          });
        };
        if (options.watch === true) await watchSyncs(context, { integration, mode, state }, names, showList);
        else await showList();
      },
    );

  sync
    .command('show <sync>')
    .description('its summary in plain words, counts and safeguards')
    .option('--watch', 'follow it to its end first')
    .action(async (id: string, options: { watch?: boolean }, command: Command) => {
      const context = contextOf(command);
      const display = context.json ? noProgress : progressDisplay(context.terminal);
      const found =
        options.watch === true
          ? await followSync(context.api, id, display)
          : await context.api.inTenant('GET', '/syncs/{sync}', { path: { sync: id } });
      show(context, found, () => printSync(context.terminal, found));
    });

  sync
    .command('outcomes <sync>')
    .description('what it does, or did, to each person')
    .addOption(new Option('--outcome <outcome>').choices(outcomeKinds))
    .option('--reason <reason>')
    .addOption(new Option('--state <state>').choices(outcomeStates))
    .option('--q <text>', 'part of a name or source id')
    .option('--limit <number>', 'at most so many', wholeNumber, 50)
    .option('--csv', 'all of them, as CSV; goes on by itself when the connection drops')
    .addOption(outputOption)
    .addOption(resumeOption)
    .action(
      async (
        id: string,
        options: {
          outcome?: Outcome['outcome'];
          reason?: Outcome['reason'];
          state?: NonNullable<Outcome['state']>;
          q?: string;
          limit: number;
          csv?: boolean;
        } & ExportOptions,
        command: Command,
      ) => {
        const context = contextOf(command);
        const { limit, csv = false, output: file, resume = false, ...filter } = options;
        if (csv) {
          const path = `/syncs/${encodeURIComponent(id)}/outcomes.csv`;
          await exportCsv(context, { path, query: filter, file, resume }, 'outcome');
          return;
        }
        if (file !== undefined || resume) throw new CliError('Files are written as CSV: add --csv.');
        const page = await context.api.list('/syncs/{sync}/outcomes', { path: { sync: id }, query: filter }, limit);
        show(context, page, () => {
          if (page.items.length === 0) context.terminal.print('No outcome is like that.');
          else context.terminal.print(outcomeTable(context.terminal, page.items));
          const [first] = page.items;
          if (first !== undefined) context.terminal.note(`\nNext: muster sync explain ${first.id}`);
          if (page.nextCursor !== null) context.terminal.note('There are more: --limit <number>.');
        });
      },
    );

  sync
    .command('explain <outcome>')
    .description('one person: from the record to the reason, and what to do next')
    .action(async (id: string, _options: object, command: Command) => {
      const context = contextOf(command);
      const explanation = await context.api.inTenant('GET', '/outcomes/{outcome}/explanation', {
        path: { outcome: id },
      });
      show(context, explanation, () => printExplanation(context.terminal, explanation));
    });

  sync
    .command('compare <sync> <other>')
    .description('with whom two syncs of one snapshot deal otherwise')
    .option('--limit <number>', 'at most so many', wholeNumber, 50)
    .action(async (id: string, other: string, { limit }: { limit: number }, command: Command) => {
      const context = contextOf(command);
      const path = { sync: id, otherSync: other };
      const page = await context.api.list('/syncs/{sync}/compare/{otherSync}', { path }, limit);
      show(context, page, () => {
        if (page.items.length === 0) context.terminal.print('Both deal with everybody alike.');
        else context.terminal.print(differenceTable(context.terminal, page.items));
        if (page.nextCursor !== null) context.terminal.note('There are more: --limit <number>.');
      });
    });

  sync
    .command('record')
    .argument('<sync>')
    .argument('<seq>', 'its place in the snapshot', wholeNumber)
    .description('one person’s record as the source sent it')
    .action(async (id: string, seq: number, _options: object, command: Command) => {
      const context = contextOf(command);
      const record = await context.api.inTenant('GET', '/syncs/{sync}/records/{seq}', { path: { sync: id, seq } });
      show(context, record, () => {
        const isDocument = record.document !== null;
        context.terminal.print(isDocument ? JSON.stringify(record.document, null, 2) : Terminal.clean(record.raw));
        for (const { id: request, at, method, path, body } of record.requests ?? []) {
          context.terminal.print(`\n${momentUtc(at)} ${method} ${path} (${request})\n${scimBodyText(body)}`);
        }
      });
    });
}

/** How many pushes a line stands for, where it stands for several. */
function triggerOf({ trigger, session }: Sync, shown: string | undefined): string {
  return session === null || session.syncs === 1 || shown !== undefined
    ? trigger
    : `${trigger} ×${String(session.syncs)}`;
}
