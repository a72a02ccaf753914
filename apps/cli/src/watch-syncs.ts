import { setTimeout as sleep } from 'node:timers/promises';
import type { Sync } from '#api-client';
import { isAway } from './api/problem.js';
import type { CommandContext } from './context.js';
import type { IntegrationNames } from './integration-names.js';
import { Terminal } from './output/terminal.js';
import { moment } from './output/text.js';

const retryMs = 1000;

/** Those that are shown; what is left out is no condition. */
export interface WatchedSyncs {
  integration: string | undefined;
  mode: string | undefined;
  state: string | undefined;
}

/** A sync has come to a state: the data of a `sync` event. */
interface SyncChange extends Pick<Sync, 'integrationId' | 'mode' | 'state'> {
  syncId: string;
  at: string;
}

/**
 * Prints a line for each state that a sync of the tenant comes to (for programs: a JSON object a line), until it is
 * stopped. What happens while Muster is away follows when it is back.
 *
 * @param begin shows what there is; called once nothing that happens can be missed any more
 * @throws ApiProblem what the API refuses
 */
export async function watchSyncs(
  { api, terminal, json }: CommandContext,
  wanted: WatchedSyncs,
  names: IntegrationNames,
  begin: () => Promise<void>,
): Promise<never> {
  let hasBegun = false;
  const position: { lastId: string | null } = { lastId: null };
  let toldAway = false;
  for (;;) {
    try {
      for await (const { event, data } of api.events('/events', position)) {
        toldAway = false;
        if (event === 'mark' && !hasBegun) {
          hasBegun = true;
          await begin();
        }
        if (event === 'missed') terminal.note('Some changes are not kept any more: muster sync list shows what is.');
        if (event === 'sync' && isWanted(data as SyncChange, wanted)) {
          terminal.print(json ? JSON.stringify(data) : await line(data as SyncChange, names));
        }
      }
    } catch (error) {
      if (!isAway(error)) throw error;
      if (!toldAway) terminal.note('Muster does not answer; trying on …');
      toldAway = true;
    }
    await sleep(retryMs);
  }
}

function isWanted({ integrationId, mode, state }: SyncChange, wanted: WatchedSyncs): boolean {
  return (
    (wanted.integration ?? integrationId) === integrationId &&
    (wanted.mode ?? mode) === mode &&
    (wanted.state ?? state) === state
  );
}

async function line({ at, syncId, integrationId, mode, state }: SyncChange, names: IntegrationNames): Promise<string> {
  const name = (await names.of([integrationId])).get(integrationId) ?? integrationId;
  return Terminal.clean(`${moment(at) ?? at}  ${syncId}  ${name}  ${mode.padEnd(4)}  ${state}`);
}
