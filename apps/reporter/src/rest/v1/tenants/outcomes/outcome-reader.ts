import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import {
  type EffectiveOutcome,
  OutcomeStore,
  parseOutcomeId,
  type Sync,
  SyncStore,
  type TenantId,
  unchangedOutcome,
} from '#core';
import { notFound } from '../../../http/problem.errors.js';
import { OutcomeLister } from '../syncs/outcome-lister.js';
import { type outcomeView, toOutcomeView } from './outcome-view.js';

export interface FoundOutcome {
  sync: Sync;
  /** Null: the record changed nothing and has no row of its own. */
  row: EffectiveOutcome | null;
  view: z.input<typeof outcomeView>;
}

/** Finds an outcome by its id, packed unchanged ones included. */
@Injectable()
export class OutcomeReader {
  constructor(
    private readonly syncs: SyncStore,
    private readonly outcomes: OutcomeStore,
    private readonly lister: OutcomeLister,
  ) {}

  /** @throws ProblemError `notFound` */
  async read(tenantId: TenantId, id: string): Promise<FoundOutcome> {
    const parsed = parseOutcomeId(id);
    const sync = parsed === null ? null : await this.syncs.sync(tenantId, parsed.syncId);
    if (parsed === null || sync === null) throw notFound();
    const [row = null] = await this.outcomes.bySeqs(tenantId, sync.id, [parsed.seq]);
    if (row !== null) return { sync, row, view: toOutcomeView(row, sync) };
    const userId = await this.outcomes.unchangedUser(tenantId, sync.id, parsed.seq);
    if (userId === null) throw notFound();
    const unchanged = unchangedOutcome(sync.id, parsed.seq, 0, userId);
    const [named = unchanged] = await this.lister.named(sync, [unchanged]);
    return { sync, row: null, view: toOutcomeView(named, sync) };
  }
}
