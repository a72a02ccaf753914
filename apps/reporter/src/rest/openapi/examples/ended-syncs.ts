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
