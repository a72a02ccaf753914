import type { ConnectorRun } from '#connector-runner';
import type { Sync } from '#core';
import { Source } from './source-opener.js';

/** What Muster has of a sync's people itself, read as a source is: some of them, going on where it stopped. */
export function ownSource(
  { frozen }: Sync,
  { fetch, commit = async () => undefined }: Pick<ConnectorRun, 'fetch'> & Partial<Pick<ConnectorRun, 'commit'>>,
): Source {
  return new Source(
    {
      id: frozen.connectorId,
      capabilities: { full: true, person: false, delta: true, resume: true, wholeness: 'endMarker' },
    },
    {
      fetch,
      async *check() {},
      commit,
      statistics: () => ({ requests: 0, retries: 0, retriesByStatus: {}, byStatus: {} }),
      close: async () => undefined,
    },
  );
}
