import { encodeCursor } from '../../http/page.js';
import { endedSyncs } from './ended-syncs.js';
import { queuedSync } from './queued-sync.js';
import { story } from './story.js';
import type { SubjectExamples } from './subject-examples.js';
import { syncDetails } from './sync-details.js';

const { syncs, people, outcomes, times } = story;
const { dry, live, pushed } = endedSyncs;

export const syncExamples: SubjectExamples = {
  schemas: {
    PushSession: pushed.session === null ? [] : [pushed.session],
    Sync: [live, dry, pushed],
    SyncDetail: [syncDetails.live, syncDetails.dry],
  },
  answers: {
    'GET /v1/tenants/{tenant}/syncs': { items: [dry, live], nextCursor: encodeCursor(syncs.live) },
    'POST /v1/tenants/{tenant}/integrations/{integration}/syncs': queuedSync({
      id: syncs.failedAgain,
      trigger: 'replay',
      failedOfSyncId: syncs.live,
      createdAt: times.later,
    }),
    'POST /v1/tenants/{tenant}/integrations/{integration}/mappings/{version}/impact': queuedSync({
      id: syncs.impact,
      trigger: 'replay',
      replayOfSyncId: syncs.dry,
      mappingVersion: story.mapping.draft,
      createdAt: times.later,
    }),
    'POST /v1/tenants/{tenant}/users/{user}/sync': queuedSync({
      id: syncs.ofMara,
      person: people.mara.sourceId,
      createdAt: times.later,
    }),
    'POST /v1/tenants/{tenant}/syncs/{sync}/cancel': queuedSync({
      id: syncs.dry,
      state: 'fetching',
      cancelRequested: true,
      createdAt: times.dry,
      startedAt: dry.startedAt,
    }),
    'POST /v1/tenants/{tenant}/syncs/{sync}/undo': queuedSync({
      id: syncs.undo,
      trigger: 'undo',
      undoOfSyncId: syncs.live,
      mappingVersion: null,
      createdAt: times.later,
    }),
    'POST /v1/tenants/{tenant}/syncs/{sync}/approve': {
      syncId: syncs.first,
      round: 1,
      verdict: 'approve',
      alsoNamed: [],
    },
    'POST /v1/tenants/{tenant}/syncs/{sync}/reject': {
      syncId: syncs.live,
      round: 1,
      verdict: 'reject',
      alsoNamed: [],
    },
    'GET /v1/tenants/{tenant}/syncs/{sync}/compare/{otherSync}': {
      items: [
        {
          sourceId: people.oskar.sourceId,
          userId: people.oskar.userId,
          label: 'Oskar Nyberg',
          first: { outcomeId: outcomes.oskarUnchanged, outcome: 'skipped', reason: 'unchanged', changes: {} },
          second: {
            outcomeId: outcomes.oskarOutOfScope,
            outcome: 'deprovisioned',
            reason: 'outOfScope',
            changes: { status: { before: 'active', after: 'deactivated' } },
          },
          attributes: ['status'],
        },
      ],
      nextCursor: encodeCursor(`${String(people.oskar.seq)},${String(people.oskar.seq)}`),
    },
  },
};
