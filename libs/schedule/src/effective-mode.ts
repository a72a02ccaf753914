import type { Integration, Schedule, SyncMode } from '#core';

/** As what a scheduled run is queued: nothing is live before an admin has applied a first live sync. */
export function effectiveMode({ standing }: Pick<Integration, 'standing'>, { mode }: Schedule): SyncMode {
  return standing === 'observe' ? 'dry' : mode;
}
