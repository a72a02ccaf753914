import type { mongo } from 'mongoose';
import { isNoticed, type Sync, type TenantId } from '#core';
import { key } from './keys.js';
import { logNoticeEvent } from './log-notice-event.js';
import type { MongoConnection } from './mongo-connection.js';
import { counters } from './schemas/syncs.js';
import { syncChanges } from './schemas/sync-changes.js';

type Changed = Pick<Sync, 'tenantId' | 'id' | 'integrationId' | 'mode' | 'trigger' | 'state'>;

/** Whose transactions note changes of a tenant's syncs stand in one line: they all write its counter. */
export const lineOfChanges = (tenantId: TenantId) => ({ line: key(tenantId, 'changes') });

/**
 * Notes the state that a sync has come to, in the caller's transaction: the one that wrote it. The tenant's counter is
 * locked from here to the commit, so that numbers become visible in their order.
 */
export async function logSyncChange(
  connection: MongoConnection,
  session: mongo.ClientSession,
  { tenantId, id, integrationId, mode, trigger, state }: Changed,
): Promise<void> {
  const counter = await connection
    .collection(counters)
    .findOneAndUpdate(
      { _id: key(tenantId, 'changes') },
      { $inc: { value: 1 } },
      { upsert: true, returnDocument: 'after', session },
    );
  const no = counter?.value ?? 1;
  const at = new Date().toISOString();
  const change = { no, syncId: id, integrationId, mode, state, at };
  await connection
    .collection(syncChanges)
    .insertOne({ _id: key(tenantId, String(no)), tenantId, ...change }, { session });
  if (isNoticed({ mode, trigger, state })) {
    await logNoticeEvent(connection, session, { tenantId, kind: 'sync', subjectId: id, state, at });
  }
}
