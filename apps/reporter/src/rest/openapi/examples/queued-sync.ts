import type { z } from 'zod';
import type { syncView } from '../../v1/tenants/syncs/sync-view.js';
import { story } from './story.js';

export type SyncExample = z.output<typeof syncView>;

/** Queued by hand a moment ago, dry, unless `given` says otherwise. */
export function queuedSync(given: Partial<SyncExample> & Pick<SyncExample, 'id' | 'createdAt'>): SyncExample {
  return {
    integrationId: story.integration,
    mode: 'dry',
    trigger: 'manual',
    state: 'queued',
    person: null,
    replayOfSyncId: null,
    failedOfSyncId: null,
    reread: false,
    undoOfSyncId: null,
    session: null,
    mappingVersion: story.mapping.active,
    requestedBy: `key:${story.adminKey}`,
    cancelRequested: false,
    round: -1,
    supersededBy: null,
    failure: null,
    startedAt: null,
    plannedAt: null,
    settledAt: null,
    endedAt: null,
    ...given,
  };
}
