import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { nameOf } from '#core';
import { defineEndpoint, Endpoint, type InputOf } from '../../../http/endpoint.js';
import { line } from '../../../http/fields.js';
import { syncMode, syncState, time } from '../../words.js';
import { lastRecord, recordOf } from '../outcomes/last-record.js';
import { outcomeView, toOutcomeView } from '../outcomes/outcome-view.js';
import type { TracedOutcome } from '../users/user-history.js';
import { toUserView, userView } from '../users/user-view.js';
import { type FoundUser, peopleAtMost, PeopleFinder } from './people-finder.js';
import { whereOutcomeStands, whereUserIs } from './where-people-stopped.js';

/** Syncs that an answer names, of an integration. */
const namedAtMost = 20;

const person = z
  .object({
    where: z.string().describe('In plain words: where they are, or where they stopped and why.'),
    next: z.string().nullable().describe('What to do; null when nothing needs doing.'),
    name: z.string().nullable().describe('Null when it could not be read.'),
    user: userView.nullable().describe('Null: there is no such user.'),
    integrationId: z
      .string()
      .nullable()
      .describe('The integration that owns the user, or whose sync the outcome is of.'),
    sourceId: z.string().nullable().describe('What its source calls the person.'),
    outcome: outcomeView.nullable().describe('The newest one about them.'),
    lastRecord: lastRecord.describe(
      'The last record of theirs that a source sent, and its sync. Of who is not active also one that changed nothing: one that is still stored, if there is such.',
    ),
  })
  .meta({ id: 'FoundPerson' });

const findPeople = defineEndpoint({
  method: 'GET',
  path: '/v1/tenants/{tenant}/people',
  role: 'viewer',
  summary: 'Why isn’t this person here? Anyone, user or not: where they are, or where they stopped and why',
  description: `By part of a name or e-mail, or by a whole employee id, source id or user id. Looks in the directory, and at the people whom a sync stopped: of those whose record failed the name is known only if it could be read, the source id always. Of each integration it looks back over its syncs (pushes, undos, syncs of one person and of failed records) to the second newest that read all of its source, dry or live, since that says anew what older ones said; the newest word on a person stands. \`lookedBack\` tells how far it came, which is bounded. Gives at most ${String(peopleAtMost)} people.`,
  query: z.strictObject({ q: line(200).describe('What is known of the person.') }),
  response: z.object({
    items: z.array(person),
    more: z.boolean().describe('More people fit than are shown: say more of the name, or an id.'),
    isPartial: z
      .boolean()
      .describe(
        'The syncs hold more than one search looks through, and part of it was left out: see `lookedBack`, and list the outcomes of a sync with `q`.',
      ),
    lookedBack: z
      .array(
        z.object({
          integrationId: z.string(),
          syncs: z.int().describe('How many of its syncs were searched, newest first; changes by hand are none.'),
          since: time.nullable().describe('When the oldest of them was queued; null: there is none.'),
          isPartial: z.boolean().describe('Older syncs might say more, or part of these was left unread.'),
        }),
      )
      .describe('How far back the syncs of each integration were searched.'),
    searched: z
      .array(
        z.object({
          integrationId: z.string(),
          syncId: z.string(),
          mode: syncMode,
          state: syncState,
          createdAt: time.describe('When it was queued.'),
        }),
      )
      .describe(`The syncs that were searched, the newest ${String(namedAtMost)} of each integration.`),
  }),
});

type Person = z.input<typeof person>;

@Controller()
export class PeopleController {
  constructor(private readonly finder: PeopleFinder) {}

  @Endpoint(findPeople)
  async find({ tenant, query: { q } }: InputOf<typeof findPeople>) {
    const { users, others, more, isPartial, searched } = await this.finder.find(tenant.id, q);
    return {
      items: [...users.map(ofUser), ...others.map(ofOutcome)],
      more,
      isPartial,
      lookedBack: searched.map((reach) => ({
        integrationId: reach.integrationId,
        syncs: reach.syncs.length,
        since: reach.syncs.at(-1)?.createdAt ?? null,
        isPartial: reach.isPartial,
      })),
      searched: searched.flatMap(({ integrationId, syncs }) =>
        syncs
          .slice(0, namedAtMost)
          .map(({ id, mode, state, createdAt }) => ({ integrationId, syncId: id, mode, state, createdAt })),
      ),
    };
  }
}

function ofUser({ user, history, lastRecord: record }: FoundUser): Person {
  const newest = history[0] ?? null;
  const { why, next } = whereUserIs(user, newest);
  const outcome = newest === null ? null : toOutcomeView(newest.row, newest.sync);
  const isGone = user.status === 'anonymized';
  return {
    where: why,
    next,
    name: nameOf(user),
    user: toUserView(user),
    integrationId: user.owner,
    sourceId: isGone ? null : (outcome?.sourceId ?? null),
    // Whose values have been removed is not shown them by way of an outcome.
    outcome: isGone ? null : outcome,
    lastRecord: record,
  };
}

function ofOutcome({ row, sync }: TracedOutcome): Person {
  const { why, next } = whereOutcomeStands(row, sync);
  return {
    where: `${row.userId === null || row.outcome === 'created' ? 'Is not in the directory. ' : ''}${why}`,
    next,
    name: row.label,
    user: null,
    integrationId: sync.integrationId,
    sourceId: row.sourceId,
    outcome: toOutcomeView(row, sync),
    lastRecord: recordOf({ row, sync }),
  };
}
