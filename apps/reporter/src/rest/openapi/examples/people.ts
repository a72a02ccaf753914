import { reasonTexts } from '../../v1/tenants/outcomes/reason-texts.js';
import { outcomeStory } from './outcomes.js';
import { story } from './story.js';
import type { SubjectExamples } from './subject-examples.js';
import { tomas } from './users.js';

const { integration, people, syncs, times } = story;
const { held, failedAgain } = outcomeStory;

const found = [
  {
    where: `Is in the directory, active. Sync ${syncs.live} plans to end their access, and a safeguard holds it (inferredRemovals).`,
    next: `Approve or reject it in sync ${syncs.live}.`,
    name: held.label,
    user: tomas,
    integrationId: integration,
    sourceId: held.sourceId,
    outcome: held,
    lastRecord: { syncId: syncs.first, seq: people.tomas.seq, at: times.first },
  },
  {
    where: `Is not in the directory. Their record failed. ${reasonTexts.typeMismatch.why}`,
    next: reasonTexts.typeMismatch.next,
    name: failedAgain.label,
    user: null,
    integrationId: integration,
    sourceId: failedAgain.sourceId,
    outcome: failedAgain,
    lastRecord: { syncId: syncs.dry, seq: people.ines.seq, at: times.dry },
  },
];

export const peopleExamples: SubjectExamples = {
  schemas: {
    FoundPerson: found,
    UserReport: [
      {
        groupBy: 'department',
        groups: [
          { value: 'Sales', users: 96 },
          { value: 'Engineering', users: 88 },
          { value: 'Customer Care', users: 71 },
        ],
        rest: { values: 9, users: 152 },
        blank: 4,
        total: 411,
      },
    ],
  },
  answers: {
    'GET /v1/tenants/{tenant}/people': {
      items: found,
      more: false,
      isPartial: false,
      lookedBack: [{ integrationId: integration, syncs: 2, since: times.live, isPartial: false }],
      searched: [
        { integrationId: integration, syncId: syncs.dry, mode: 'dry', state: 'completed', createdAt: times.dry },
        {
          integrationId: integration,
          syncId: syncs.live,
          mode: 'live',
          state: 'awaitingApproval',
          createdAt: times.live,
        },
      ],
    },
  },
};
