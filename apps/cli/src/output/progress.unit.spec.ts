import { PassThrough, Writable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { expect, it } from 'vitest';
import type { Sync, SyncProgress } from '#api-client';
import { progressDisplay } from './progress.js';
import { Terminal } from './terminal.js';

/** How full the last bar was that was drawn, in percent, and what stood beside it. */
function lastBar(updates: [Sync['state'], Partial<SyncProgress>][]): { full: number; amount: string } {
  let text = '';
  const write = (chunk: Buffer, _encoding: string, done: () => void): void => {
    text += chunk.toString();
    done();
  };
  const err = Object.assign(new Writable({ write }), { isTTY: true, columns: 100 });
  const display = progressDisplay(new Terminal(new PassThrough(), err));
  const none = { recordsFetched: 0, recordsPlanned: 0, recordsTotal: null, slicesApplied: 0, slices: null };
  for (const [state, progress] of updates) display.update({ id: 'syn_1', state, progress: { ...none, ...progress } });
  display.stop();
  const drawn = stripVTControlCharacters(text);
  const [, bar = '', amount = ''] = [...drawn.matchAll(/([█░]{30}) ?([0-9 ,of]*)/g)].at(-1) ?? [];
  return { full: Math.round((100 * (bar.split('█').length - 1)) / 30), amount: amount.trim() };
}

it.each([
  ['completed', { recordsPlanned: 400, recordsTotal: 400 }, { full: 100, amount: '400 of 400' }],
  ['awaitingApproval', { recordsPlanned: 400, recordsTotal: 400 }, { full: 100, amount: '400 of 400' }],
  ['completed', { recordsPlanned: 0, recordsTotal: 0 }, { full: 100, amount: '0 of 0' }],
  ['failed', { recordsPlanned: 0, recordsTotal: null }, { full: 0, amount: '0 of 0' }],
  ['planning', { recordsPlanned: 120, recordsTotal: 400 }, { full: 30, amount: '120 of 400' }],
  ['applying', { slicesApplied: 1, slices: 2 }, { full: 50, amount: '1 of 2' }],
  ['fetching', { recordsFetched: 100 }, { full: 0, amount: '100' }],
] as const)('of a sync that is %s, with %j, the bar is %j', (state, progress, expected) => {
  expect(
    lastBar([
      ['queued', {}],
      [state, progress],
    ]),
  ).toEqual(expected);
});
