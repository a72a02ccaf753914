import { promisify } from 'node:util';
import { constants, zstdCompress, zstdDecompressSync } from 'node:zlib';
import type { SettlementChunk, SettlementHeader, Slice, SliceList, SyncId, TenantId } from '#core';
import { SettlementStore, StaleClaimError } from '#core';
import { IdNumbers } from './id-numbers.js';
import type { SqliteDatabase } from './sqlite-database.js';

const compress = promisify(zstdCompress);

/** Headers, chunks (compressed on the thread pool) and the slice lists of each apply round. */
export class SqliteSettlementStore extends SettlementStore {
  private readonly numbers: IdNumbers;

  constructor(private readonly database: SqliteDatabase) {
    super();
    this.numbers = new IdNumbers(database);
  }

  override async putChunk(
    tenantId: TenantId,
    syncId: SyncId,
    attempt: string,
    index: number,
    chunk: SettlementChunk,
  ): Promise<void> {
    const body = await compress(JSON.stringify(chunk), { params: { [constants.ZSTD_c_compressionLevel]: 1 } });
    const syncNo = this.numbers.assign(tenantId, 'sync', syncId);
    this.database.transaction(() => {
      this.database
        .prepare('INSERT OR REPLACE INTO settlement_chunks (sync_no, attempt, chunk, body) VALUES (?, ?, ?, ?)')
        .run(syncNo, attempt, index, body);
    });
  }

  /** Throws `StaleClaimError` when a header of a higher claim is there. The same attempt's header may come again. */
  override async putHeader(tenantId: TenantId, syncId: SyncId, header: SettlementHeader): Promise<'written' | 'taken'> {
    const syncNo = this.numbers.assign(tenantId, 'sync', syncId);
    return this.database.transaction(() => {
      const present = this.database.prepare('SELECT attempt, claim FROM settlements WHERE sync_no = ?').get(syncNo) as
        { attempt: string; claim: number } | undefined;
      if (present !== undefined) {
        if (present.attempt === header.attempt) return 'written';
        if (header.claim < present.claim) {
          throw new StaleClaimError('claimStale', `sync ${syncId} was settled under a higher claim`, {
            syncId,
            claim: header.claim,
          });
        }
        return 'taken';
      }
      this.database
        .prepare('INSERT INTO settlements (sync_no, attempt, claim, header) VALUES (?, ?, ?, ?)')
        .run(syncNo, header.attempt, header.claim, JSON.stringify(header));
      this.database
        .prepare('DELETE FROM settlement_chunks WHERE sync_no = ? AND attempt <> ?')
        .run(syncNo, header.attempt);
      return 'written';
    });
  }

  override async header(tenantId: TenantId, syncId: SyncId): Promise<SettlementHeader | null> {
    const row = this.database
      .prepare('SELECT header FROM settlements WHERE sync_no = ?')
      .get(this.numbers.find(tenantId, 'sync', syncId)) as { header: string } | undefined;
    return row === undefined ? null : (JSON.parse(row.header) as SettlementHeader);
  }

  override async chunk(
    tenantId: TenantId,
    syncId: SyncId,
    attempt: string,
    index: number,
  ): Promise<SettlementChunk | null> {
    const row = this.database
      .prepare('SELECT body FROM settlement_chunks WHERE sync_no = ? AND attempt = ? AND chunk = ?')
      .get(this.numbers.find(tenantId, 'sync', syncId), attempt, index) as { body: Uint8Array } | undefined;
    return row === undefined ? null : (JSON.parse(zstdDecompressSync(row.body).toString('utf8')) as SettlementChunk);
  }

  /** Does nothing once the round is sealed. */
  override async putSlices(
    tenantId: TenantId,
    syncId: SyncId,
    round: number,
    fromIndex: number,
    slices: readonly Slice[],
  ): Promise<void> {
    const syncNo = this.numbers.assign(tenantId, 'sync', syncId);
    this.database.transaction(() => {
      if (this.readList(syncNo, round) !== null) return;
      this.database
        .prepare('DELETE FROM settlement_slices WHERE sync_no = ? AND round = ? AND slice >= ?')
        .run(syncNo, round, fromIndex);
      const insert = this.database.prepare(
        'INSERT INTO settlement_slices (sync_no, round, slice, body) VALUES (?, ?, ?, ?)',
      );
      slices.forEach((slice, index) => insert.run(syncNo, round, fromIndex + index, JSON.stringify(slice)));
    });
  }

  override async sealSlices(tenantId: TenantId, syncId: SyncId, round: number, slices: number): Promise<void> {
    const syncNo = this.numbers.assign(tenantId, 'sync', syncId);
    this.database.transaction(() => {
      const { changes } = this.database
        .prepare(
          'INSERT OR IGNORE INTO settlement_slice_lists (sync_no, round, slices, cut_at, finished) VALUES (?, ?, ?, NULL, 0)',
        )
        .run(syncNo, round, slices);
      if (changes === 0) return;
      this.database
        .prepare('DELETE FROM settlement_slices WHERE sync_no = ? AND round = ? AND slice >= ?')
        .run(syncNo, round, slices);
    });
  }

  /** Null until the round is sealed. */
  override async sliceList(tenantId: TenantId, syncId: SyncId, round: number): Promise<SliceList | null> {
    return this.readList(this.numbers.find(tenantId, 'sync', syncId), round);
  }

  override async slice(tenantId: TenantId, syncId: SyncId, round: number, index: number): Promise<Slice | null> {
    const row = this.database
      .prepare('SELECT body FROM settlement_slices WHERE sync_no = ? AND round = ? AND slice = ?')
      .get(this.numbers.find(tenantId, 'sync', syncId), round, index) as { body: string } | undefined;
    return row === undefined ? null : (JSON.parse(row.body) as Slice);
  }

  /** Only a sealed round can be cut. */
  override async cutSlices(tenantId: TenantId, syncId: SyncId, round: number, at: number): Promise<void> {
    const syncNo = this.numbers.find(tenantId, 'sync', syncId);
    this.database.transaction(() => {
      this.database
        .prepare('UPDATE settlement_slice_lists SET cut_at = ? WHERE sync_no = ? AND round = ? AND cut_at IS NULL')
        .run(at, syncNo, round);
    });
  }

  override async finishRound(tenantId: TenantId, syncId: SyncId, round: number): Promise<void> {
    const syncNo = this.numbers.find(tenantId, 'sync', syncId);
    this.database.transaction(() => {
      this.database
        .prepare('UPDATE settlement_slice_lists SET finished = 1 WHERE sync_no = ? AND round = ?')
        .run(syncNo, round);
    });
  }

  private readList(syncNo: number, round: number): SliceList | null {
    const row = this.database
      .prepare('SELECT slices, cut_at, finished FROM settlement_slice_lists WHERE sync_no = ? AND round = ?')
      .get(syncNo, round) as { slices: number; cut_at: number | null; finished: number } | undefined;
    if (row === undefined) return null;
    return { round, slices: row.slices, cutAt: row.cut_at, finished: row.finished === 1 };
  }
}
