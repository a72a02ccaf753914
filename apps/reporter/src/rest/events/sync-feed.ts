import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { hasEnded, type Sync, type SyncChange, SyncChangeLog, type SyncId, SyncStore, type TenantId } from '#core';
import { errorFields, Logger } from '#telemetry';
import { SyncProgressReader, type SyncProgressView } from '../v1/tenants/syncs/sync-progress-reader.js';

const everyMs = 500;
/** Changes read at once; a reader that was away for longer gets the rest in the next turns. */
const atOnce = 500;

/** Somebody who follows a tenant's syncs, or one of them. */
export interface FeedReader {
  tenantId: TenantId;
  /** Left out: all of the tenant's. */
  syncId?: SyncId;
  /** The number of the last change that it knows. */
  after: number;
  onChange: (change: SyncChange) => void;
  /** How the one sync stands: at first, and when that has changed. */
  onProgress?: (progress: SyncProgressView) => void;
  /** The one sync has ended and no word on it waits; called last. */
  onEnd?: (progress: SyncProgressView) => void;
}

/** A reader, and what it was told. */
interface Following extends FeedReader {
  shown: string;
}

/**
 * Tells readers what becomes of syncs. One loop asks the stores for all readers of this process: a hundred of one sync
 * cost what one does. It rests while there are none.
 */
@Injectable()
export class SyncFeed implements OnModuleDestroy {
  private readonly readers = new Set<Following>();
  /** By tenant, up to which change its readers were told, except those that catch up. */
  private readonly told = new Map<TenantId, number>();
  private timer: NodeJS.Timeout | null = null;
  private isTurning = false;
  private isAway = false;

  constructor(
    private readonly changes: SyncChangeLog,
    private readonly syncs: SyncStore,
    private readonly progress: SyncProgressReader,
    private readonly logger: Logger,
  ) {}

  /** @returns takes the reader out again */
  join(reader: FeedReader): () => void {
    const following: Following = { ...reader, shown: '' };
    this.readers.add(following);
    this.wake(0);
    return () => void this.readers.delete(following);
  }

  /** Whether nothing more happens to a sync unless somebody says so. */
  async isOver({ tenantId, id, state, round }: Sync): Promise<boolean> {
    if (!hasEnded(state)) return false;
    return (await this.syncs.approvals(tenantId, id)).every((word) => word.round <= round);
  }

  onModuleDestroy(): void {
    this.readers.clear();
    if (this.timer !== null) clearTimeout(this.timer);
  }

  private wake(ms: number): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.turn(), ms);
    this.timer.unref();
  }

  private async turn(): Promise<void> {
    if (this.isTurning) return;
    this.isTurning = true;
    try {
      for (const [tenantId, readers] of groups(this.readers, (reader) => reader.tenantId)) {
        await this.tellChanges(tenantId, readers);
      }
      const ofOne = [...this.readers].filter((reader) => reader.syncId !== undefined);
      for (const [syncId, readers] of groups(ofOne, (reader) => reader.syncId)) {
        if (syncId !== undefined) await this.tellProgress(syncId, readers);
      }
      this.isAway = false;
    } catch (error) {
      if (!this.isAway) this.logger.warn('Event streams bring no news until the store answers.', errorFields(error));
      this.isAway = true;
    } finally {
      this.isTurning = false;
    }
    for (const tenantId of this.told.keys()) {
      if (![...this.readers].some((reader) => reader.tenantId === tenantId)) this.told.delete(tenantId);
    }
    if (this.readers.size > 0) this.wake(everyMs);
  }

  private async tellChanges(tenantId: TenantId, readers: readonly Following[]): Promise<void> {
    const told = this.told.get(tenantId) ?? Math.min(...readers.map(({ after }) => after));
    for (const reader of readers) if (reader.after < told) await this.catchUp(reader, told);
    const news = await this.changes.changes(tenantId, told, atOnce);
    for (const reader of readers) if (reader.after >= told) this.tell(reader, news);
    this.told.set(tenantId, news.at(-1)?.no ?? told);
  }

  private async catchUp(reader: Following, told: number): Promise<void> {
    const missed = await this.changes.changes(reader.tenantId, reader.after, atOnce, reader.syncId);
    this.tell(reader, missed);
    if (missed.length < atOnce) reader.after = Math.max(reader.after, told);
  }

  private tell(reader: Following, changes: readonly SyncChange[]): void {
    for (const change of changes) {
      if (change.no <= reader.after) continue;
      reader.after = change.no;
      if (!this.readers.has(reader)) return;
      if (reader.syncId === undefined || reader.syncId === change.syncId) reader.onChange(change);
    }
  }

  private async tellProgress(syncId: SyncId, readers: readonly Following[]): Promise<void> {
    const tenantId = readers[0]?.tenantId;
    const sync = tenantId === undefined ? null : await this.syncs.sync(tenantId, syncId);
    if (sync === null) return;
    const isOver = await this.isOver(sync);
    const progress = await this.progress.read(sync);
    const shown = JSON.stringify(progress);
    for (const reader of readers) {
      if (!this.readers.has(reader)) continue;
      if (isOver) {
        // The log may be ahead of what this turn has told: the end comes after the last state.
        await this.catchUp(reader, reader.after);
        reader.onEnd?.(progress);
      } else if (shown !== reader.shown) {
        reader.shown = shown;
        reader.onProgress?.(progress);
      }
    }
  }
}

function groups<Item, Key>(items: Iterable<Item>, keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const found = new Map<Key, Item[]>();
  for (const item of items) found.set(keyOf(item), [...(found.get(keyOf(item)) ?? []), item]);
  return found;
}
