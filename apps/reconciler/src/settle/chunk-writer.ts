import { createHash } from 'node:crypto';
import type { SettlementStore } from '#core';
import type { OutcomeRow, SettledRow, SettlementChunk, Sync } from '#core';

const rowsPerChunk = 500;

/** Collects settled rows into chunks of one attempt; chunks can be read back and amended until the header is written. */
export class ChunkWriter {
  private exceptions: SettledRow[] = [];
  private removals: OutcomeRow[] = [];
  private chunkCount = 0;
  private exceptionCount = 0;
  private removalCount = 0;
  private removalPageCount = 0;

  constructor(
    private readonly store: SettlementStore,
    private readonly sync: Sync,
    readonly attempt: string,
    private readonly firstRemovalPage: number,
    private readonly firstRemovalSeq: number,
  ) {}

  get totals(): { chunks: number; exceptions: number; removals: number; removalPages: number } {
    return {
      chunks: this.chunkCount,
      exceptions: this.exceptionCount,
      removals: this.removalCount,
      removalPages: this.removalPageCount,
    };
  }

  /** The sequence that the next removal gets. */
  get nextRemovalSeq(): number {
    return this.firstRemovalSeq + this.removalCount;
  }

  async addException(row: SettledRow): Promise<void> {
    this.exceptions.push(row);
    this.exceptionCount += 1;
    if (this.exceptions.length >= rowsPerChunk) await this.flushExceptions();
  }

  async addRemoval(row: OutcomeRow): Promise<void> {
    this.removals.push(row);
    this.removalCount += 1;
    if (this.removals.length >= rowsPerChunk) await this.flushRemovals();
  }

  async flush(): Promise<void> {
    if (this.exceptions.length > 0) await this.flushExceptions();
    if (this.removals.length > 0) await this.flushRemovals();
  }

  /** Passes every chunk written so far through a function that may change its rows. */
  async amend(change: (row: OutcomeRow) => OutcomeRow): Promise<void> {
    await this.flush();
    for (let index = 0; index < this.chunkCount; index += 1) {
      const chunk = await this.store.chunk(this.sync.tenantId, this.sync.id, this.attempt, index);
      if (chunk === null) throw new Error(`settlement chunk ${String(index)} of sync ${this.sync.id} is missing`);
      let changed = false;
      const amended = <Row extends OutcomeRow>(row: Row): Row => {
        const next = change(row);
        if (next !== row) changed = true;
        return { ...row, ...next };
      };
      const next: SettlementChunk =
        chunk.kind === 'exceptions'
          ? { ...chunk, rows: chunk.rows.map(amended) }
          : { ...chunk, rows: chunk.rows.map(amended) };
      if (changed) await this.store.putChunk(this.sync.tenantId, this.sync.id, this.attempt, index, next);
    }
  }

  /** Every chunk in order. */
  private async *chunks(): AsyncGenerator<SettlementChunk> {
    for (let index = 0; index < this.chunkCount; index += 1) {
      const chunk = await this.store.chunk(this.sync.tenantId, this.sync.id, this.attempt, index);
      if (chunk !== null) yield chunk;
    }
  }

  /** Names the plan: planned pages by their digest, and everything that was written here. */
  async planHash(digest: string): Promise<string> {
    const hash = createHash('sha256').update(this.sync.id).update(digest);
    for await (const chunk of this.chunks()) hash.update(JSON.stringify(chunk));
    return hash.digest('hex').slice(0, 32);
  }

  private async flushExceptions(): Promise<void> {
    const rows = this.exceptions;
    this.exceptions = [];
    await this.put({ kind: 'exceptions', rows });
  }

  private async flushRemovals(): Promise<void> {
    const rows = this.removals;
    this.removals = [];
    const page = this.firstRemovalPage + this.removalPageCount;
    this.removalPageCount += 1;
    const [first] = rows;
    await this.put({ kind: 'removals', page, firstSeq: first?.seq ?? this.firstRemovalSeq, rows });
  }

  private async put(chunk: SettlementChunk): Promise<void> {
    const index = this.chunkCount;
    this.chunkCount += 1;
    await this.store.putChunk(this.sync.tenantId, this.sync.id, this.attempt, index, chunk);
  }
}
