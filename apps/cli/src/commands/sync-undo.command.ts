import type { Command } from 'commander';
import type { Sync } from '#api-client';
import { type CommandContext, type ContextOf, show } from '../context.js';
import { followToEnd } from './sync-follow.js';

interface UndoOptions {
  live?: boolean;
  wait?: boolean;
}

/** `muster sync undo`. */
export function addSyncUndoCommand(sync: Command, contextOf: ContextOf): void {
  sync
    .command('undo <sync>')
    .description('take back what a sync has done: shows it first, unless --live')
    .option('--live', 'write to the directory, and pause the integration')
    .option('--wait', 'follow it to its end')
    .action(async (id: string, options: UndoOptions, command: Command) => undo(contextOf(command), id, options));
}

async function undo(context: CommandContext, id: string, { live, wait }: UndoOptions): Promise<void> {
  const started = await context.api.inTenant('POST', '/syncs/{sync}/undo', {
    path: { sync: id },
    body: { mode: live === true ? 'live' : 'dry' },
  });
  await notePause(context, started);
  if (wait === true) {
    await followToEnd(context, started.id);
    return;
  }
  show(context, started, () => {
    context.terminal.print(`${live === true ? 'Undo' : 'Dry undo'} ${started.id} of sync ${id} is queued.`);
    context.terminal.note(`Next: muster sync follow ${started.id}`);
  });
}

/** Says that nothing runs by itself for now, and how that ends. */
export async function notePause({ api, terminal }: CommandContext, undoing: Sync): Promise<void> {
  const { paused, name, id } = await api.inTenant('GET', '/integrations/{integration}', {
    path: { integration: undoing.integrationId },
  });
  if (paused?.syncId !== undoing.id) return;
  terminal.note(`Integration ${name} is paused, because its source would do the same again.`);
  terminal.note(`When what was wrong is corrected: muster integration resume ${id}`);
}
