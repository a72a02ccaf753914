import { type Command, Option } from 'commander';
import type { OutcomeKind, OutcomeReason } from '#api-client';
import { CliError } from '../cli.errors.js';
import { type CommandContext, type ContextOf, show } from '../context.js';
import { exitCodes } from '../exit-codes.js';
import { collect } from '../key-value.js';
import { count } from '../output/text.js';
import { outcomeKinds } from './options.js';
import { followToEnd } from './sync-follow.js';
import { notePause } from './sync-undo.command.js';

interface DecideOptions {
  all?: boolean;
  outcome?: string[];
  kind?: OutcomeKind;
  reason?: OutcomeReason;
  includeHeld?: boolean;
  planHash?: string;
  comment?: string;
  wait?: boolean;
}

/** `muster sync approve` and `reject`. */
export function addSyncDecideCommands(sync: Command, contextOf: ContextOf): void {
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
  const seen = await context.api.inTenant('GET', '/syncs/{sync}', { path: { sync: id } });
  const answer = await context.api.inTenant('POST', `/syncs/{sync}/${verdict}`, {
    path: { sync: id },
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
  if (verdict === 'approve' && seen.undoOfSyncId !== null) await notePause(context, seen);
  if (wait === true) {
    await followToEnd(context, id, answer.round);
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
