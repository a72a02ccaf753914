import { type Command, Option } from 'commander';
import type { Approval, Explanation, Outcome, OutcomeTotal, Sync, SyncDetail } from '../api/api-types.js';
import { CliError } from '../cli.errors.js';
import { type CommandContext, type ContextOf, show } from '../context.js';
import { exitCodes } from '../exit-codes.js';
import { findIntegration } from '../find-integration.js';
import { exitCodeOf, followSync } from '../follow-sync.js';
import { collect } from '../key-value.js';
import { printExplanation } from '../output/explanation-report.js';
import { noProgress, progressDisplay } from '../output/progress.js';
import { outcomeTable, printSync } from '../output/sync-report.js';
import { renderTable } from '../output/table.js';
import { Terminal } from '../output/terminal.js';
import { count, duration, moment } from '../output/text.js';
import { wholeNumber } from './options.js';

const outcomeKinds = ['created', 'updated', 'skipped', 'failed', 'deprovisioned', 'reactivated'];
const outcomeStates = ['planned', 'applied', 'held', 'rejected', 'drifted', 'superseded', 'cancelled'];

interface RunOptions {
  live?: boolean;
  wait?: boolean;
  person?: string;
  replay?: string;
  mappingVersion?: number;
}

interface DecideOptions {
  all?: boolean;
  outcome?: string[];
  kind?: string;
  reason?: string;
  includeHeld?: boolean;
  planHash?: string;
  comment?: string;
  wait?: boolean;
}

export function addSyncCommands(program: Command, contextOf: ContextOf): void {
  const sync = program.command('sync').description('plans, and what became of them');

  sync
    .command('run [integration]')
    .description('start a sync: dry, unless --live')
    .option('--live', 'write to the directory')
    .option('--wait', 'follow it to its end')
    .option('--person <source id>', 'fetch this one person only')
    .option('--replay <sync>', 'read that sync’s stored snapshot instead of the source')
    .option('--mapping-version <number>', 'instead of the active one', wholeNumber)
    .action(async (wanted: string | undefined, options: RunOptions, command: Command) => {
      const context = contextOf(command);
      const integration = await findIntegration(context.api, wanted);
      const { live, person, replay, mappingVersion } = options;
      const started = await context.api.inTenant<Sync>('POST', `/integrations/${integration.id}/syncs`, {
        body: {
          mode: live === true ? 'live' : 'dry',
          ...(person === undefined ? {} : { person }),
          ...(replay === undefined ? {} : { replayOfSyncId: replay }),
          ...(mappingVersion === undefined ? {} : { mappingVersion }),
        },
      });
      if (options.wait === true) {
        await follow(context, started.id);
        return;
      }
      show(context, started, () => {
        context.terminal.print(`${started.mode === 'dry' ? 'Dry sync' : 'Live sync'} ${started.id} is queued.`);
        context.terminal.note(`Next: muster sync follow ${started.id}`);
      });
    });

  sync
    .command('follow <sync>')
    .description('watch a sync to its end')
    .action(async (id: string, _options: object, command: Command) => follow(contextOf(command), id));

  sync
    .command('list')
    .description('syncs, newest first')
    .option('--integration <integration>', 'of this integration (id or name)')
    .addOption(new Option('--mode <mode>').choices(['dry', 'live']))
    .option('--state <state>')
    .option('--trigger <trigger>')
    .option('--limit <number>', 'at most so many', wholeNumber, 20)
    .action(
      async (
        options: { integration?: string; mode?: string; state?: string; trigger?: string; limit: number },
        command: Command,
      ) => {
        const context = contextOf(command);
        const { mode, state, trigger, limit } = options;
        const integration =
          options.integration === undefined ? undefined : (await findIntegration(context.api, options.integration)).id;
        const page = await context.api.list<Sync>('/syncs', { integration, mode, state, trigger }, limit);
        show(context, page, () => {
          const columns = [
            { head: 'Id', value: ({ id }: Sync) => id },
            { head: 'Integration', value: ({ integrationId }: Sync) => integrationId, flexible: true },
            { head: 'Mode', value: (row: Sync) => row.mode },
            { head: 'Trigger', value: (row: Sync) => row.trigger },
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
      },
    );

  sync
    .command('show <sync>')
    .description('its summary in plain words, counts and safeguards')
    .action(async (id: string, _options: object, command: Command) => {
      const context = contextOf(command);
      const found = await readSync(context, id);
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
    .action(
      async (
        id: string,
        options: { outcome?: string; reason?: string; state?: string; q?: string; limit: number },
        command: Command,
      ) => {
        const context = contextOf(command);
        const { limit, ...filter } = options;
        const path = `/syncs/${encodeURIComponent(id)}/outcomes`;
        const page = await context.api.list<Outcome, { totals: OutcomeTotal[] }>(path, filter, limit);
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
      const explanation = await context.api.inTenant<Explanation>(
        'GET',
        `/outcomes/${encodeURIComponent(id)}/explanation`,
      );
      show(context, explanation, () => printExplanation(context.terminal, explanation));
    });

  sync
    .command('record')
    .argument('<sync>')
    .argument('<seq>', 'its place in the snapshot', wholeNumber)
    .description('one person’s record as the source sent it')
    .action(async (id: string, seq: number, _options: object, command: Command) => {
      const context = contextOf(command);
      const path = `/syncs/${encodeURIComponent(id)}/records/${String(seq)}`;
      const record = await context.api.inTenant<{ raw: string; encoding: string; document: unknown }>('GET', path);
      show(context, record, () => {
        const isDocument = record.document !== null;
        context.terminal.print(isDocument ? JSON.stringify(record.document, null, 2) : Terminal.clean(record.raw));
      });
    });

  for (const verdict of ['approve', 'reject'] as const) {
    sync
      .command(`${verdict} <sync>`)
      .description(
        verdict === 'approve' ? 'apply a plan, or a part of it' : 'decide that a plan, or a part of it, is not applied',
      )
      .option('--all', 'everything that can still be decided')
      .option('--outcome <id>', 'this outcome; again for each', collect)
      .addOption(new Option('--kind <outcome>', 'all outcomes of this kind').choices(outcomeKinds))
      .option('--reason <reason>', 'all outcomes with this reason')
      .option('--include-held', 'what safeguards hold, too')
      .option('--plan-hash <hash>', 'of the plan that you saw; left out: the present one')
      .option('--comment <text>', 'why')
      .option('--wait', 'follow it to its end')
      .action(async (id: string, options: DecideOptions, command: Command) =>
        decide(contextOf(command), verdict, id, options),
      );
  }

  sync
    .command('cancel <sync>')
    .description('stop a sync; what is being written at this moment is finished')
    .action(async (id: string, _options: object, command: Command) => {
      const context = contextOf(command);
      const cancelled = await context.api.inTenant<Sync>('POST', `/syncs/${encodeURIComponent(id)}/cancel`);
      show(context, cancelled, () => context.terminal.print(`Sync ${id} is asked to stop.`));
    });
}

async function readSync({ api }: CommandContext, id: string): Promise<SyncDetail> {
  return api.inTenant<SyncDetail>('GET', `/syncs/${encodeURIComponent(id)}`);
}

async function follow(context: CommandContext, id: string, round = -1): Promise<void> {
  const display = context.json ? noProgress : progressDisplay(context.terminal);
  const ended = await followSync(context.api, id, display, round);
  show(context, ended, () => printSync(context.terminal, ended));
  const exitCode = exitCodeOf(ended);
  if (exitCode !== exitCodes.ok) throw new CliError('', exitCode);
}

async function decide(
  context: CommandContext,
  verdict: 'approve' | 'reject',
  id: string,
  { all, outcome, kind, reason, includeHeld, planHash, comment, wait }: DecideOptions,
): Promise<void> {
  const byFilter = kind !== undefined || reason !== undefined;
  if ([all === true, outcome !== undefined, byFilter].filter(Boolean).length !== 1) {
    throw new CliError('Say what is meant: --all, --outcome <id>, or --kind and --reason.', exitCodes.usage, [
      `muster sync outcomes ${id}`,
    ]);
  }
  const seen = await readSync(context, id);
  const answer = await context.api.inTenant<Approval>('POST', `/syncs/${encodeURIComponent(id)}/${verdict}`, {
    body: {
      ...(all === true ? { all } : {}),
      ...(outcome === undefined ? {} : { outcomeIds: outcome }),
      ...(byFilter
        ? { filter: { ...(kind === undefined ? {} : { outcome: kind }), ...(reason === undefined ? {} : { reason }) } }
        : {}),
      ...(includeHeld === undefined ? {} : { includeHeld }),
      ...(comment === undefined ? {} : { comment }),
      planHash: planHash ?? seen.planHash ?? '',
    },
  });
  if (wait === true) {
    await follow(context, id, answer.round);
    return;
  }
  show(context, answer, () => {
    context.terminal.print(`${verdict === 'approve' ? 'Approved' : 'Rejected'}: ${id}, round ${String(answer.round)}.`);
    if (answer.alsoNamed.length > 0) {
      context.terminal.print(
        `${count(answer.alsoNamed.length)} more go along, because a key passes between them: ${answer.alsoNamed.join(', ')}`,
      );
    }
    context.terminal.note(`Next: muster sync follow ${id}`);
  });
}
