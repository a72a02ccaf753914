import { LeaseStore, type Clock, type Lease } from '#core';
import type { SqliteDatabase } from './sqlite-database.js';

interface LeaseRow {
  holder: string;
  claim: number;
  expires_at: number;
}

/** Leases by the clock given; their rows stay when they are free, so that claims keep rising. */
export class SqliteLeaseStore extends LeaseStore {
  constructor(
    private readonly database: SqliteDatabase,
    private readonly clock: Clock,
  ) {
    super();
  }

  override async acquire(key: string, holder: string, ttlMs: number): Promise<Lease | null> {
    return this.database.transaction(() => {
      const now = this.clock.nowMs();
      const row = this.row(key);
      if (row !== undefined && row.holder !== holder && row.expires_at > now) return null;
      const claim = row === undefined ? 1 : row.holder === holder ? row.claim : row.claim + 1;
      this.database
        .prepare(
          `INSERT INTO leases (key, holder, claim, expires_at) VALUES (?, ?, ?, ?)
           ON CONFLICT (key) DO UPDATE SET holder = excluded.holder, claim = excluded.claim, expires_at = excluded.expires_at`,
        )
        .run(key, holder, claim, now + ttlMs);
      return { key, holder, claim };
    });
  }

  override async renew(lease: Lease, ttlMs: number): Promise<boolean> {
    return this.database.transaction(() => {
      const { changes } = this.database
        .prepare('UPDATE leases SET expires_at = ? WHERE key = ? AND holder = ? AND claim = ?')
        .run(this.clock.nowMs() + ttlMs, lease.key, lease.holder, lease.claim);
      return changes === 1;
    });
  }

  override async release(lease: Lease): Promise<void> {
    this.database.transaction(() => {
      this.database
        .prepare("UPDATE leases SET holder = '', expires_at = 0 WHERE key = ? AND holder = ? AND claim = ?")
        .run(lease.key, lease.holder, lease.claim);
    });
  }

  override async claimOf(key: string): Promise<number> {
    return this.database.read(() => this.row(key)?.claim ?? 0);
  }

  override async dropAll(): Promise<void> {
    this.database.transaction(() => {
      this.database.prepare("UPDATE leases SET holder = '', expires_at = 0").run();
    });
  }

  private row(key: string): LeaseRow | undefined {
    return this.database.prepare('SELECT holder, claim, expires_at FROM leases WHERE key = ?').get(key) as
      LeaseRow | undefined;
  }
}
