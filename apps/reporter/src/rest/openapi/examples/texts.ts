import { attributeOf, standardAttributes, type SyncChange } from '#core';
import { csvRow } from '../../http/csv.js';
import type { SyncProgressView } from '../../v1/tenants/syncs/sync-progress-reader.js';
import { reasonTexts } from '../../v1/tenants/outcomes/reason-texts.js';
import { outcomeStory } from './outcomes.js';
import { story } from './story.js';
import type { SubjectExamples } from './subject-examples.js';
import { tomas } from './users.js';

const { integration, syncs } = story;

const planning: SyncChange = {
  no: 118,
  syncId: syncs.live,
  integrationId: integration,
  mode: 'live',
  state: 'planning',
  at: '2026-05-11T04:30:01.102Z',
};
const waiting: SyncChange = { ...planning, no: 121, state: 'awaitingApproval', at: '2026-05-11T04:30:02.480Z' };

const progress: SyncProgressView = {
  state: 'planning',
  mode: 'live',
  round: -1,
  progress: { recordsFetched: 372, recordsPlanned: 200, recordsTotal: 372, slicesApplied: 0, slices: null },
  counts: { created: 0, updated: 2, skipped: 198, failed: 0, deprovisioned: 0, reactivated: 0 },
  held: 0,
};
const end: SyncProgressView = {
  state: 'awaitingApproval',
  mode: 'live',
  round: 0,
  progress: { recordsFetched: 372, recordsPlanned: 372, recordsTotal: 372, slicesApplied: 1, slices: 1 },
  counts: { created: 7, updated: 3, skipped: 361, failed: 1, deprovisioned: 46, reactivated: 0 },
  held: 46,
};

/** As the stream of one sync tells a change. */
function ofOne({ no, state, mode, at }: SyncChange): object {
  return { no, state, mode, at };
}

function event(name: string, data: object, id?: number): string {
  return `event: ${name}\n${id === undefined ? '' : `id: ${String(id)}\n`}data: ${JSON.stringify(data)}\n\n`;
}

const { held } = outcomeStory;
const heldReason = reasonTexts[held.reason];
/** The tenant's own attribute is left out of CSVs. */
const attributes = standardAttributes.map(({ name }) => name).toSorted();
const managedBy = tomas.manager?.userId ?? null;

const usersCsv = [
  ['id', 'status', 'role', 'owner', ...attributes],
  ['managerUserId', 'createdAt', 'updatedAt', 'deactivatedAt', 'anonymizeAfter'],
].flat();
const usersRow = [
  ...[tomas.id, tomas.status, tomas.role, tomas.owner],
  ...attributes.map((name) => String(attributeOf(tomas, name) ?? '')),
  ...[managedBy, tomas.createdAt, tomas.updatedAt, null, null],
];

const outcomesCsv = [
  ...['id', 'seq', 'outcome', 'reason', 'state', 'userId', 'sourceId', 'name', 'changes', 'problems', 'heldBy'],
  ...['why', 'next', 'note'],
];
const outcomesRow = [
  ...[held.id, held.seq, held.outcome, held.reason, held.state, held.userId, held.sourceId, held.label],
  ...['{"status":["active","deactivated"]}', null, held.heldBy.join('; '), heldReason.why, heldReason.next, null],
];

/** Answers that are no JSON. */
export const textExamples: SubjectExamples = {
  schemas: {},
  answers: {
    'GET /v1/tenants/{tenant}/events': event('sync', planning, planning.no) + event('sync', waiting, waiting.no),
    'GET /v1/tenants/{tenant}/syncs/{sync}/events':
      event('state', ofOne(planning), planning.no) +
      event('progress', progress) +
      event('state', ofOne(waiting), waiting.no) +
      event('end', end),
    'GET /v1/tenants/{tenant}/users.csv': csvRow(usersCsv) + csvRow(usersRow),
    'GET /v1/tenants/{tenant}/syncs/{sync}/outcomes.csv': csvRow(outcomesCsv) + csvRow(outcomesRow),
  },
};
