import { Injectable } from '@nestjs/common';
import { DirectoryStore, OutcomeStore, type OutcomeRow, type UserId } from '#core';
import type { FrozenSync } from '../sync-cache.js';
import type { ChunkWriter } from './chunk-writer.js';
import { RemovalFinder } from './find-removals.js';
import type { Overlay } from './overlay.js';

/** Turns records that left the scope into removals, once the snapshot is known to be whole. */
@Injectable()
export class ScopeLeavers {
  constructor(
    private readonly outcomes: OutcomeStore,
    private readonly directory: DirectoryStore,
    private readonly removals: RemovalFinder,
  ) {}

  /**
   * @param pages pages in which somebody leaves the scope
   * @param holders users whose keys somebody claims: their rows are given back
   */
  async settle(
    { sync }: FrozenSync,
    pages: readonly number[],
    overlay: Overlay,
    holders: ReadonlySet<UserId>,
    chunks: ChunkWriter,
  ): Promise<{ removals: number; ofHolders: Map<UserId, OutcomeRow> }> {
    const result = { removals: 0, ofHolders: new Map<UserId, OutcomeRow>() };
    for (const page of pages) {
      const { rows } = await this.outcomes.pagePlan(sync.tenantId, sync.id, page);
      const leaving = rows.filter(({ seq, detail }) => detail?.leavesScope === true && !overlay.isChanged(seq));
      const ids = leaving.flatMap(({ userId }) => (userId === null ? [] : [userId]));
      const heirs = await this.removals.heirs(sync, [...(await this.directory.users(sync.tenantId, ids)).values()]);
      for (const row of leaving) {
        const heir = row.userId === null ? undefined : heirs.get(row.userId);
        const removal: OutcomeRow = {
          ...row,
          state: null,
          link: 'absent',
          ...(heir === undefined
            ? { outcome: 'deprovisioned', reason: 'outOfScope', changes: { status: ['active', 'deactivated'] } }
            : { outcome: 'updated', reason: 'ownerChanged', changes: { owner: [sync.integrationId, heir] } }),
        };
        if (heir === undefined) result.removals += 1;
        if (heir === undefined && row.userId !== null && holders.has(row.userId)) {
          result.ofHolders.set(row.userId, removal);
        }
        await chunks.addException({ ...removal, page });
      }
    }
    return result;
  }
}
