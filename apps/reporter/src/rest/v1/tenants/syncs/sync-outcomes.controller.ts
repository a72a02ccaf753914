import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { OutcomeStore, SyncStore } from '#core';
import { defineEndpoint, Endpoint, type InputOf } from '../../../http/endpoint.js';
import { decodeCursor, pageOf, pageQuery, toPage } from '../../../http/page.js';
import { notFound } from '../../../http/problem.errors.js';
import { outcomeView, toOutcomeView } from '../outcomes/outcome-view.js';
import { toOutcomeFilter, whichOutcomes } from './outcome-query.js';
import { outcomeTotal } from './sync-view.js';

const listOutcomes = defineEndpoint({
  method: 'GET',
  path: '/v1/tenants/{tenant}/syncs/{sync}/outcomes',
  role: 'viewer',
  summary: 'What a sync does, or did, to each person',
  description:
    'In order of their place in the snapshot. People who are unchanged are counted in `totals` and not listed. `totals` are those of the whole sync, whatever the filter.',
  query: z.strictObject({
    ...whichOutcomes,
    ...pageQuery,
  }),
  response: pageOf(outcomeView).extend({ totals: z.array(outcomeTotal) }),
});

@Controller()
export class SyncOutcomesController {
  constructor(
    private readonly syncs: SyncStore,
    private readonly outcomes: OutcomeStore,
  ) {}

  @Endpoint(listOutcomes)
  async list({ tenant, params, query }: InputOf<typeof listOutcomes>) {
    const sync = await this.syncs.sync(tenant.id, params.sync);
    if (sync === null) throw notFound();
    const { limit, cursor, ...which } = query;
    const filter = toOutcomeFilter(which);
    const after = decodeCursor(cursor, 'number') ?? -1;
    const [rows, totals] = await Promise.all([
      this.outcomes.list(tenant.id, sync.id, filter, after, limit + 1),
      this.outcomes.totals(tenant.id, sync.id),
    ]);
    return {
      ...toPage(
        rows,
        limit,
        ({ seq }) => seq,
        (row) => toOutcomeView(row, sync),
      ),
      totals,
    };
  }
}
