import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import {
  hash64,
  hasEnded,
  isFromCommand,
  OutcomeStore,
  readsFrom,
  SyncStore,
  type EffectiveOutcome,
  type Manifest,
  type Sync,
  type SyncFilter,
  type SyncId,
} from '#core';
import { decodePageFacts, HashTable } from '#reconciliation';
import { Undos } from '../undo/undos.js';
import { Barriers } from './barriers.js';

const pagesPerRead = 8;
const rowsPerRead = 500;
const syncsPerRead = 100;

/**
 * Puts plans out of date once a later live sync has shown the same people: whole syncs when it was full and complete, else
 * only the open rows of its own people. An undo that has been approved waits for such syncs, and stays. Asking twice changes
 * nothing more.
 */
@Injectable()
export class Superseder {
  constructor(
    private readonly syncs: SyncStore,
    private readonly outcomes: OutcomeStore,
    private readonly barriers: Barriers,
    private readonly undos: Undos,
  ) {}

  /** To be called when a live sync has settled, and again when it has ended. Changes by hand and undos show nobody. */
  async supersede(by: Sync): Promise<void> {
    if (isFromCommand(by)) return;
    const manifest = await this.barriers.manifest(by);
    if (manifest === null || manifest.wholeness === 'failed') return;
    if (isWhole(manifest)) {
      await this.syncs.supersedeOlder(by);
      for await (const older of this.openPlans(by)) await this.supersedeWhole(older, by);
    } else if (manifest.records > 0) await this.supersedePeople(by, manifest);
  }

  /** To be called when a plan has ended that can still be approved: a live sync with newer data may have settled before. */
  async judgeLate(ended: Sync): Promise<void> {
    for await (const newer of this.newerLive(ended)) await this.supersede(newer);
  }

  /**
   * To be called before failed records are applied that have been run again: whom a live sync with newer data has shown is
   * left to that one.
   */
  async yieldToNewer(sync: Sync): Promise<void> {
    if (sync.failedOf === null) return;
    for await (const newer of this.newerLive(sync)) {
      const manifest = await this.barriers.manifest(newer);
      if (manifest === null || manifest.wholeness === 'failed') continue;
      await this.supersedeRows(sync, isWhole(manifest) ? null : await this.peopleOf(newer, manifest));
    }
  }

  /** Settled live syncs of the integration whose data is newer than what a sync has read. */
  private async *newerLive(sync: Sync): AsyncGenerator<Sync> {
    const read = await this.generationOfSnapshot(sync);
    for await (const later of this.list(sync, { mode: 'live' })) {
      if (later.generation <= read) return;
      if (later.settledAt === null || later.state === 'failed' || isFromCommand(later)) continue;
      if ((await this.generationOfSnapshot(later)) > read) yield later;
    }
  }

  private async supersedePeople(by: Sync, manifest: Manifest): Promise<void> {
    let people: HashTable | null = null;
    for await (const older of this.openPlans(by)) {
      people ??= await this.peopleOf(by, manifest);
      await this.supersedeRows(older, people);
    }
  }

  /** Plans of the integration with older data of which something can still be applied, except undos that wait for their turn. */
  private async *openPlans(by: Sync): AsyncGenerator<Sync> {
    const filters: SyncFilter[] = [{ mode: 'dry' }, { mode: 'live', state: 'awaitingApproval' }];
    const newest = await this.generationOfSnapshot(by);
    for (const filter of filters) {
      for await (const older of this.list(by, filter)) {
        const read = await this.generationOfSnapshot(older);
        if (read > newest || (read === newest && older.generation >= by.generation)) continue;
        if (older.supersededBy !== null) {
          // Whatever superseded one that read its source superseded those before it, too.
          if (read === older.generation) break;
          continue;
        }
        if (!hasEnded(older.state)) continue;
        if (older.undo !== null && (await this.undos.isAtWork(older))) continue;
        if ((await this.outcomes.countHeld(older.tenantId, older.id)) > 0) yield older;
      }
    }
  }

  /** Hashes of the source ids and users that a sync is about. */
  private async peopleOf({ tenantId, id }: Sync, { records }: Manifest): Promise<HashTable> {
    const people = new HashTable(records * 3);
    const words = new Uint32Array(2);
    for (let from = 0; ;) {
      const pages = await this.outcomes.facts(tenantId, id, from, pagesPerRead);
      for (const { page, facts } of pages) {
        const { sources, users } = decodePageFacts(facts);
        for (const column of [sources, users]) {
          for (let index = 0; index < column.length; index += 2) add(people, column[index], column[index + 1]);
        }
        from = page + 1;
      }
      if (pages.length < pagesPerRead) break;
      await setImmediate();
    }
    // Settling may have found another user for a record than planning did.
    for await (const rows of this.rows(tenantId, id, {})) {
      for (const { userId } of rows) {
        if (userId === null) continue;
        hash64(userId, words, 0);
        add(people, words[0], words[1]);
      }
    }
    return people;
  }

  /** Of a plan that was queued later, from older data: `supersedeOlder` goes by when syncs were queued. */
  private async supersedeWhole(older: Sync, by: Sync): Promise<void> {
    const { tenantId, id, state } = older;
    const isCut = (await this.barriers.manifest(older))?.wholeness !== 'complete';
    const end = state !== 'awaitingApproval' ? state : isCut ? 'incomplete' : 'completed';
    await this.syncs.move(tenantId, id, state, end, { supersededBy: by.id });
  }

  /** @param people null: everybody */
  private async supersedeRows(older: Sync, people: HashTable | null): Promise<void> {
    const { tenantId, id } = older;
    const transfers = new Set<number>();
    for await (const rows of this.openRows(older)) {
      for (const row of rows) {
        if (row.detail?.transfer !== undefined && isAbout(row, people)) transfers.add(row.detail.transfer);
      }
    }
    let found = false;
    for await (const rows of this.openRows(older)) {
      const seqs = rows
        .filter((row) => isAbout(row, people) || transfers.has(row.detail?.transfer ?? -1))
        .map(({ seq }) => seq);
      if (seqs.length === 0) continue;
      found = true;
      await this.outcomes.supersede(tenantId, id, seqs);
    }
    if (!found || older.state !== 'awaitingApproval') return;
    const end = await this.barriers.end(older);
    if (end !== older.state) await this.syncs.move(tenantId, id, older.state, end, {});
  }

  private async *openRows({ tenantId, id }: Sync): AsyncGenerator<EffectiveOutcome[]> {
    for (const state of ['held', 'planned'] as const) yield* this.rows(tenantId, id, { state });
  }

  private async *rows(
    tenantId: Sync['tenantId'],
    id: SyncId,
    filter: { state?: 'held' | 'planned' },
  ): AsyncGenerator<EffectiveOutcome[]> {
    for (let after = -1; ;) {
      const rows = await this.outcomes.list(tenantId, id, filter, after, rowsPerRead);
      const last = rows.at(-1);
      if (last === undefined) return;
      after = last.seq;
      yield rows;
    }
  }

  /** An integration's syncs, newest first. */
  private async *list({ tenantId, integrationId }: Sync, filter: SyncFilter): AsyncGenerator<Sync> {
    for (let after: SyncId | null = null; ;) {
      const found: Sync[] = await this.syncs.syncs(tenantId, { integrationId, ...filter }, after, syncsPerRead);
      yield* found;
      const last = found.at(-1);
      if (found.length < syncsPerRead || last === undefined) return;
      after = last.id;
    }
  }

  /** How new the data is that a sync has read. */
  private async generationOfSnapshot(sync: Sync): Promise<number> {
    const from = readsFrom(sync);
    const read = from === null ? null : await this.syncs.sync(sync.tenantId, from);
    return read === null ? sync.generation : this.generationOfSnapshot(read);
  }
}

function isWhole({ extent, wholeness }: Manifest): boolean {
  return extent === 'full' && wholeness === 'complete';
}

function isAbout({ sourceId, userId }: EffectiveOutcome, people: HashTable | null): boolean {
  if (people === null) return true;
  return [sourceId, userId].some((id) => {
    if (id === null) return false;
    const words = new Uint32Array(2);
    hash64(id, words, 0);
    return people.get(words[0] ?? 0, words[1] ?? 0) !== -1;
  });
}

function add(table: HashTable, high = 0, low = 0): void {
  if (high !== 0 || low !== 0) table.insert(high, low, 1);
}
