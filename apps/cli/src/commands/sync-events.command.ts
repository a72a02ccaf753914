import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import { isAway } from '../api/problem.js';
import type { CommandContext, ContextOf } from '../context.js';
import type { ShownProgress } from '../output/progress.js';
import { Terminal } from '../output/terminal.js';
import { count, moment } from '../output/text.js';

const retryMs = 1000;

/** `muster sync events`. */
export function addSyncEventsCommand(sync: Command, contextOf: ContextOf): void {
  sync
    .command('events <sync>')
    .description('its states and progress as they come, a line each, until its end; goes on after a break')
    .action(async (id: string, _options: object, command: Command) => printEvents(contextOf(command), id));
}

async function printEvents({ api, terminal, json }: CommandContext, id: string): Promise<void> {
  const path = `/syncs/${encodeURIComponent(id)}/events`;
  const position: { lastId: string | null } = { lastId: null };
  let toldAway = false;
  for (;;) {
    try {
      let isOver = true;
      for await (const { event, data } of api.events(path, position)) {
        isOver = event === 'end';
        toldAway = false;
        if (event === 'mark') continue;
        terminal.print(json ? JSON.stringify({ event, data }) : line(event, data));
      }
      if (isOver) return;
    } catch (error) {
      if (!isAway(error)) throw error;
      if (!toldAway) terminal.note('Muster does not answer; trying on …');
      toldAway = true;
    }
    await sleep(retryMs);
  }
}

function line(event: string, data: unknown): string {
  if (event === 'state') {
    const { at, mode, state } = data as { at: string; mode: string; state: string };
    return Terminal.clean(`${moment(at) ?? at}  ${mode.padEnd(4)}  ${state}`);
  }
  const { state, progress } = data as Omit<ShownProgress, 'id'>;
  const { recordsFetched, recordsPlanned, slicesApplied } = progress;
  const done = `${count(recordsFetched)} read, ${count(recordsPlanned)} planned, ${count(slicesApplied)} parts written`;
  return Terminal.clean(`${''.padEnd(19)}  ${event === 'end' ? 'end ' : '    '}  ${state}: ${done}`);
}
