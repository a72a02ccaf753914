import type { z } from 'zod';
import { encodeCursor } from '../../http/page.js';
import type { attributeProvenance, historyEntry } from '../../v1/tenants/users/user-history.js';
import type { userDetail, userView } from '../../v1/tenants/users/user-view.js';
import { activeMapping } from './mappings.js';
import { outcomeStory } from './outcomes.js';
import { records } from './records.js';
import { story } from './story.js';
import type { SubjectExamples } from './subject-examples.js';

type User = z.input<typeof userView>;

const { integration, mapping, outcomes, people, syncs, times } = story;

/** As the live sync left her. */
const mara: User = {
  id: people.mara.userId,
  version: 2,
  status: 'active',
  role: 'regular',
  owner: integration,
  attributes: {
    'custom.costCentre': records.mara.employment.costCentre,
    department: records.mara.employment.orgUnit.name,
    email: records.mara.contact.workEmail,
    employeeId: records.mara.employeeNumber,
    fullName: records.mara.legalName.display,
    hireDate: records.mara.employment.startDate,
    location: 'Amsterdam, NL',
    managerSourceId: people.jonas.sourceId,
    title: records.mara.employment.jobTitle,
  },
  manager: { userId: people.jonas.userId },
  deactivation: null,
  createdAt: '2026-05-04T08:31:20.000Z',
  updatedAt: '2026-05-11T04:30:02.391Z',
};

/** Whose removal is held: still as the first sync made him. */
export const tomas: User = {
  ...mara,
  id: people.tomas.userId,
  version: 1,
  attributes: {
    'custom.costCentre': 'CC-4102',
    department: 'Customer Care',
    email: 'tomas.ferreira@acme.example',
    employeeId: '100311',
    fullName: 'Tomás Ferreira',
    hireDate: '2018-09-17',
    location: 'Lisboa, PT',
    managerSourceId: people.jonas.sourceId,
    title: 'Support Agent',
  },
  updatedAt: mara.createdAt,
};

function provenance(name: string): z.input<typeof attributeProvenance> {
  const isTitle = name === 'title';
  return {
    outcomeId: isTitle ? outcomes.maraUpdated : outcomes.maraCreated,
    syncId: isTitle ? syncs.live : syncs.first,
    integrationId: integration,
    at: isTitle ? times.live : times.first,
    byHand: false,
    requestedBy: isTitle ? 'muster' : `key:${story.adminKey}`,
    mappingVersion: mapping.active,
    expression: activeMapping.attributes[name] ?? null,
  };
}

const detail: z.input<typeof userDetail> = {
  ...mara,
  links: [{ integrationId: integration, sourceId: people.mara.sourceId, presence: 'present' }],
  provenance: Object.fromEntries(Object.keys(mara.attributes).map((name) => [name, provenance(name)])),
};

const latest: z.input<typeof historyEntry> = {
  ...outcomeStory.updated,
  at: times.live,
  endedAt: '2026-05-11T04:30:02.480Z',
  integrationId: integration,
  mode: 'live',
  trigger: 'schedule',
  requestedBy: 'muster',
  mappingVersion: mapping.active,
};

/** Changed by hand since. */
const byHand: User = { ...mara, version: 3, updatedAt: times.later };
const promoted: User = {
  ...byHand,
  role: 'restricted',
  attributes: { ...mara.attributes, title: 'Head of Sales' },
};
const gone: User = {
  ...byHand,
  status: 'deactivated',
  deactivation: {
    at: times.later,
    reason: 'manual',
    syncId: syncs.deprovision,
    anonymizeAfter: '2026-05-25T09:12:30.000Z',
    byHand: true,
  },
};

/** 202: the change waits for its turn, and the user is as before. */
function edits(operation: string, syncId: string, before: User, after: User): Record<string, object> {
  return {
    [operation]: { syncId, ended: true, user: after },
    [`${operation} 202`]: { syncId, ended: false, user: before },
  };
}

const one = '/v1/tenants/{tenant}/users/{user}';

export const userExamples: SubjectExamples = {
  schemas: { User: [mara, gone], UserDetail: [detail], HistoryEntry: [latest] },
  answers: {
    'GET /v1/tenants/{tenant}/users': { items: [mara, tomas], nextCursor: encodeCursor(tomas.id) },
    [`GET ${one}/history`]: { items: [latest], nextCursor: encodeCursor(outcomes.maraUpdated) },
    ...edits(`PATCH ${one}`, syncs.change, mara, promoted),
    ...edits(`POST ${one}/deprovision`, syncs.deprovision, mara, gone),
    ...edits(`POST ${one}/reactivate`, syncs.reactivate, gone, { ...mara, version: 4, updatedAt: times.later }),
  },
};
