import { queuedSync } from './queued-sync.js';
import { story } from './story.js';

const { syncs, times } = story;

/** The two newest syncs that have read everybody. */
export const endedSyncs = {
  dry: queuedSync({
    id: syncs.dry,
    state: 'completed',
    createdAt: times.dry,
    startedAt: '2026-05-11T08:05:00.214Z',
    plannedAt: '2026-05-11T08:05:02.377Z',
    settledAt: '2026-05-11T08:05:02.530Z',
    endedAt: '2026-05-11T08:05:02.530Z',
  }),

  /** The newest of a session of pushes. */
  pushed: queuedSync({
    id: story.scim.pushes.newest,
    integrationId: story.scim.integration,
    mode: 'live',
    trigger: 'push',
    state: 'completed',
    session: {
      id: story.scim.pushes.first,
      startedAt: '2026-06-02T09:12:40.118Z',
      syncs: 42,
      counts: { created: 380, updated: 27, skipped: 6, failed: 1, deprovisioned: 2, reactivated: 0 },
    },
    requestedBy: 'muster',
    round: 0,
    createdAt: '2026-06-02T09:13:51.204Z',
    startedAt: '2026-06-02T09:13:51.231Z',
    plannedAt: '2026-06-02T09:13:51.302Z',
    settledAt: '2026-06-02T09:13:51.340Z',
    endedAt: '2026-06-02T09:13:51.398Z',
  }),

  live: queuedSync({
    id: syncs.live,
    mode: 'live',
    trigger: 'schedule',
    state: 'awaitingApproval',
    requestedBy: 'muster',
    round: 0,
    createdAt: times.live,
    startedAt: '2026-05-11T04:30:00.190Z',
    plannedAt: '2026-05-11T04:30:02.018Z',
    settledAt: '2026-05-11T04:30:02.241Z',
    endedAt: '2026-05-11T04:30:02.480Z',
  }),
};
