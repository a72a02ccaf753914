import type { Sync } from '#api-client';
import { CliError } from '../cli.errors.js';
import { type CommandContext, show } from '../context.js';
import { exitCodes } from '../exit-codes.js';
import { exitCodeOf, followSync } from '../follow-sync.js';
import { noProgress, progressDisplay } from '../output/progress.js';
import { printSync } from '../output/sync-report.js';

/** Follows a sync with progress, shows how it ended, and ends the command with the exit code that says so. */
export async function followToEnd(context: CommandContext, id: string, round = -1): Promise<void> {
  const display = context.json ? noProgress : progressDisplay(context.terminal);
  const ended = await followSync(context.api, id, display, round);
  show(context, ended, () => printSync(context.terminal, ended));
  const exitCode = exitCodeOf(ended);
  if (exitCode !== exitCodes.ok) throw new CliError('', exitCode);
}

/** Shows a sync that was queued and how to follow it, or follows it at once. */
export async function showStarted(context: CommandContext, started: Sync, wait: boolean): Promise<void> {
  if (wait) {
    await followToEnd(context, started.id);
    return;
  }
  show(context, started, () => {
    context.terminal.print(`${started.mode === 'dry' ? 'Dry sync' : 'Live sync'} ${started.id} is queued.`);
    context.terminal.note(`Next: muster sync follow ${started.id}`);
  });
}
