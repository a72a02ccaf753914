import type { z } from 'zod';
import { standardAttributes } from '#core';
import { encodeCursor } from '../../http/page.js';
import { explainAttributes } from '../../v1/tenants/outcomes/explain-attributes.js';
import { nothingMore, type outcomeView } from '../../v1/tenants/outcomes/outcome-view.js';
import { reasonText, reasonTexts } from '../../v1/tenants/outcomes/reason-texts.js';
import { costCentre } from './attributes.js';
import { activeMapping } from './mappings.js';
import { records } from './records.js';
import { story } from './story.js';
import type { SubjectExamples } from './subject-examples.js';
import { syncDetails } from './sync-details.js';

type Outcome = z.input<typeof outcomeView>;

const { mapping, outcomes: ids, people, syncs } = story;

function outcome(given: Partial<Outcome> & Pick<Outcome, 'id' | 'seq' | 'outcome' | 'reason' | 'state'>): Outcome {
  return {
    syncId: syncs.live,
    why: reasonText({ changes: {}, ...given }).why,
    ...nothingMore,
    ...given,
  };
}

const frozen = {
  mapping: { version: mapping.active, definition: activeMapping },
  attributes: [...standardAttributes, costCentre],
  sourceIdExpression: 'workerId',
};
/** How Ines's record came to nothing. */
const explained = explainAttributes(frozen, records.ines, {}, { stands: false, withMapped: true });
const problems = explained.flatMap(({ problem }) => (problem === null ? [] : [problem]));

const failed = outcome({
  id: ids.inesFailed,
  seq: people.ines.seq,
  outcome: 'failed',
  reason: 'typeMismatch',
  state: null,
  sourceId: people.ines.sourceId,
  label: 'Ines Ferrer',
  problems,
});

/** What became of four people in the live sync, and of one in the dry one after it. */
export const outcomeStory = {
  updated: outcome({
    id: ids.maraUpdated,
    seq: people.mara.seq,
    outcome: 'updated',
    reason: 'changed',
    state: 'applied',
    sourceId: people.mara.sourceId,
    userId: people.mara.userId,
    label: 'Mara de Vries',
    changes: { title: { before: 'Account Executive', after: 'Account Manager' } },
  }),
  failed,
  created: outcome({
    id: ids.priyaCreated,
    seq: people.priya.seq,
    outcome: 'created',
    reason: 'new',
    state: 'applied',
    sourceId: people.priya.sourceId,
    userId: people.priya.userId,
    label: 'Priya Nair',
    changes: {
      fullName: { before: null, after: 'Priya Nair' },
      email: { before: null, after: 'priya.nair@acme.example' },
      employeeId: { before: null, after: '100413' },
      department: { before: null, after: 'Engineering' },
      hireDate: { before: null, after: '2026-05-11' },
    },
  }),
  held: outcome({
    id: ids.tomasRemoved,
    seq: people.tomas.removal,
    outcome: 'deprovisioned',
    reason: 'missingFromSnapshot',
    state: 'held',
    sourceId: people.tomas.sourceId,
    userId: people.tomas.userId,
    label: 'Tomás Ferreira',
    changes: { status: { before: 'active', after: 'deactivated' } },
    heldBy: ['inferredRemovals'],
  }),
  failedAgain: { ...failed, id: ids.inesFailedDry, syncId: syncs.dry },
};

const { updated, created, held } = outcomeStory;
const raw = JSON.stringify(records.mara);

export const outcomeExamples: SubjectExamples = {
  schemas: { Outcome: [updated, failed, held, created] },
  answers: {
    'GET /v1/tenants/{tenant}/syncs/{sync}/outcomes': {
      items: [updated, failed, created, held],
      nextCursor: encodeCursor(held.seq),
      totals: syncDetails.live.totals,
      found: null,
    },
    'GET /v1/tenants/{tenant}/outcomes/{outcome}/explanation': {
      outcome: failed,
      ...reasonTexts[failed.reason],
      record: { available: true, note: null, document: records.ines },
      lastRecord: null,
      mappingVersion: mapping.active,
      attributes: explained,
    },
    'GET /v1/tenants/{tenant}/syncs/{sync}/records/{seq}': {
      syncId: syncs.live,
      seq: people.mara.seq,
      encoding: 'text',
      raw,
      bytes: Buffer.byteLength(raw),
      truncated: false,
      document: records.mara,
      requests: null,
    },
  },
};
