import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { OutcomeStore, SyncStore } from '#core';
import { defineEndpoint, Endpoint, type InputOf } from '../../../http/endpoint.js';
import { decodeCursor, encodeCursor, pageOf, pageQuery } from '../../../http/page.js';
import { notFound } from '../../../http/problem.errors.js';
import { outcomeView, toOutcomeView } from '../outcomes/outcome-view.js';
import { OutcomeLister } from './outcome-lister.js';
import { toOutcomeFilter, whichOutcomes } from './outcome-query.js';
import { outcomeTotal } from './sync-view.js';

const listOutcomes = defineEndpoint({
  method: 'GET',
  path: '/v1/tenants/{tenant}/syncs/{sync}/outcomes',
  role: 'viewer',
  summary: 'What a sync does, or did, to each person',
  description:
    'In order of their place in the snapshot. `totals` are those of the whole sync, whatever the filter. People who are unchanged are counted there, and listed where `q` finds them or `reason=unchanged` asks for them; who they were is kept for a shorter time than other outcomes, and `note` says when it is gone. With `q`, a page may hold fewer than were asked for; `nextCursor` says whether to go on.',
  query: z.strictObject({
    ...whichOutcomes,
    ...pageQuery,
  }),
  response: pageOf(outcomeView).extend({
    totals: z.array(outcomeTotal).describe('Of the whole sync, whatever the filter.'),
    found: z
      .object({
        total: z.int().describe('How many of the whole sync fit, at least or exactly.'),
        totalIsAtLeast: z
          .boolean()
          .describe(
            'There are, or may be, more. Exact up to 10,000 wherever `q` alone finds no more people than that; beyond, a filter may make it a lower bound.',
          ),
      })
      .nullable()
      .describe('With `q` only, else null.'),
  }),
});

@Controller()
export class SyncOutcomesController {
  constructor(
    private readonly syncs: SyncStore,
    private readonly outcomes: OutcomeStore,
    private readonly lister: OutcomeLister,
  ) {}

  @Endpoint(listOutcomes)
  async list({ tenant, params, query }: InputOf<typeof listOutcomes>) {
    const sync = await this.syncs.sync(tenant.id, params.sync);
    if (sync === null) throw notFound();
    const { limit, cursor, ...which } = query;
    const after = decodeCursor(cursor, 'number') ?? -1;
    const [{ rows, next, found }, totals] = await Promise.all([
      this.lister.page(sync, toOutcomeFilter(which), which.q, after, limit),
      this.outcomes.totals(tenant.id, sync.id),
    ]);
    return {
      items: rows.map((row) => toOutcomeView(row, sync)),
      nextCursor: next === null ? null : encodeCursor(next),
      totals,
      found,
    };
  }
}
