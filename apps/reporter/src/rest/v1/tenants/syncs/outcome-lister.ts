import { Injectable } from '@nestjs/common';
import { DirectoryStore, type EffectiveOutcome, nameOf, type OutcomeFilter, OutcomeStore, type Sync } from '#core';

/** Outcomes, and after which sequence the list goes on; null: nothing is left. */
export interface OutcomePage {
  rows: EffectiveOutcome[];
  next: number | null;
  /** How many there are in the whole sync; only of a search by text. */
  found: { total: number; totalIsAtLeast: boolean } | null;
}

/** Lists a sync's outcomes, or searches them by text. */
@Injectable()
export class OutcomeLister {
  constructor(
    private readonly outcomes: OutcomeStore,
    private readonly directory: DirectoryStore,
  ) {}

  async page(
    sync: Sync,
    filter: OutcomeFilter,
    q: string | undefined,
    after: number,
    limit: number,
  ): Promise<OutcomePage> {
    const { tenantId, id } = sync;
    if (q !== undefined && q !== '') {
      const { rows, next, ...found } = await this.outcomes.find(tenantId, id, [filter], q, after, limit);
      return { rows: await this.named(sync, rows), next, found };
    }
    const rows = asksForUnchanged(filter)
      ? await this.outcomes.listUnchanged(tenantId, id, after, limit + 1)
      : await this.outcomes.list(tenantId, id, filter, after, limit + 1);
    const listed = await this.named(sync, rows.slice(0, limit));
    return { rows: listed, next: rows.length > limit ? (listed.at(-1)?.seq ?? null) : null, found: null };
  }

  /** Unchanged people have no row that would name them: their users do. */
  async named({ tenantId, integrationId }: Sync, rows: EffectiveOutcome[]): Promise<EffectiveOutcome[]> {
    const ids = rows.flatMap(({ reason, sourceId, userId }) =>
      reason === 'unchanged' && sourceId === null && userId !== null ? [userId] : [],
    );
    if (ids.length === 0) return rows;
    const [users, links] = await Promise.all([
      this.directory.users(tenantId, ids),
      this.directory.linksOfUsers(tenantId, ids),
    ]);
    const unnamed = new Set(ids);
    return rows.map((row) => {
      const user = row.userId === null ? undefined : users.get(row.userId);
      if (user === undefined || row.sourceId !== null || !unnamed.has(user.id)) return row;
      const link = links.get(user.id)?.find((one) => one.integrationId === integrationId);
      return { ...row, label: nameOf(user), sourceId: link?.sourceId ?? null };
    });
  }
}

/** Packed ones are listed when nobody else is asked for. */
function asksForUnchanged({ outcome = 'skipped', reason, state }: OutcomeFilter): boolean {
  return reason === 'unchanged' && outcome === 'skipped' && state === undefined;
}
