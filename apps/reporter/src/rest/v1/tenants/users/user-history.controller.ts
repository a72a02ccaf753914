import { Controller } from '@nestjs/common';
import { DirectoryStore, outcomeId, parseOutcomeId } from '#core';
import { z } from 'zod';
import { defineEndpoint, Endpoint, type InputOf } from '../../../http/endpoint.js';
import { decodeCursor, invalidCursor, pageOf, pageQuery, toPage } from '../../../http/page.js';
import { notFound } from '../../../http/problem.errors.js';
import { historyEntry, UserHistory } from './user-history.js';

const getHistory = defineEndpoint({
  method: 'GET',
  path: '/v1/tenants/{tenant}/users/{user}/history',
  role: 'viewer',
  summary: 'Every outcome that was about a user: of the newest sync first',
  description:
    'Dry and refused ones too; `state` says what became of each. Records that changed nothing are not in it. It reaches back as far as outcomes are kept (400 days unless set otherwise). Of somebody anonymised the attributes are named, their values are not shown.',
  query: z.strictObject(pageQuery),
  response: pageOf(historyEntry),
});

@Controller()
export class UserHistoryController {
  constructor(
    private readonly directory: DirectoryStore,
    private readonly history: UserHistory,
  ) {}

  @Endpoint(getHistory)
  async list({ tenant, params, query: { limit, cursor } }: InputOf<typeof getHistory>) {
    const user = await this.directory.user(tenant.id, params.user);
    if (user === null) throw notFound();
    const key = decodeCursor(cursor);
    const after = key === null ? null : parseOutcomeId(key);
    if (key !== null && after === null) throw invalidCursor();
    const entries = await this.history.entries(user, after, limit + 1);
    return toPage(
      entries,
      limit,
      ({ syncId, seq }) => outcomeId(syncId, seq),
      (entry) => entry,
    );
  }
}
