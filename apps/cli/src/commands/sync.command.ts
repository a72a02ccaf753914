import type { Command } from 'commander';
import type { ContextOf } from '../context.js';
import { addSyncDecideCommands } from './sync-decide.command.js';
import { addSyncEventsCommand } from './sync-events.command.js';
import { addSyncReadCommands } from './sync-read.command.js';
import { addSyncRunCommands } from './sync-run.command.js';
import { addSyncUndoCommand } from './sync-undo.command.js';

export function addSyncCommands(program: Command, contextOf: ContextOf): void {
  const sync = program.command('sync').description('plans, and what became of them');
  addSyncRunCommands(sync, contextOf);
  addSyncReadCommands(sync, contextOf);
  addSyncEventsCommand(sync, contextOf);
  addSyncDecideCommands(sync, contextOf);
  addSyncUndoCommand(sync, contextOf);
}
