import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { DirectoryStore, type EffectiveOutcome, isFromCommand, type Sync } from '#core';
import { time } from '../../words.js';
import { UserHistory } from '../users/user-history.js';

/** Older outcomes of a user looked at. */
const looked = 50;

export const lastRecord = z
  .object({
    syncId: z.string(),
    seq: z.int().describe('Its place in that snapshot.'),
    at: time.describe('When its sync was queued.'),
  })
  .nullable();

type LastRecord = z.input<typeof lastRecord>;

/** Finds the last record of somebody whom a source did not send. */
@Injectable()
export class LastRecordFinder {
  constructor(
    private readonly directory: DirectoryStore,
    private readonly history: UserHistory,
  ) {}

  /** Null where the outcome has a record of its own, or nothing is known of an earlier one. */
  async find({ tenantId, integrationId, edit, undo }: Sync, row: EffectiveOutcome | null): Promise<LastRecord> {
    if (row === null || row.recordHash !== null || row.userId === null || isFromCommand({ edit, undo })) return null;
    const user = await this.directory.user(tenantId, row.userId);
    if (user === null) return null;
    const older = await this.history.trace(user, row, looked);
    const found = older.find((one) => one.row.recordHash !== null && one.sync.integrationId === integrationId);
    return found === undefined ? null : { syncId: found.sync.id, seq: found.row.seq, at: found.sync.createdAt };
  }
}
