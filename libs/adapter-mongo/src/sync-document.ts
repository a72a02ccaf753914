import type { mongo } from 'mongoose';
import { hasEnded, type OpenSync, type Sync } from '#core';
import { key } from './keys.js';
import { logSyncChange } from './log-sync-change.js';
import type { MongoConnection } from './mongo-connection.js';
import { counters, type FixedParts, type SyncDocument, syncs } from './schemas/syncs.js';
import { takeTurn } from './turns.js';

/** Documents written before there were undos, turns and runs of failed records have none, like those before there were pushes; their settings are among the fixed parts. */
export function toOpenSync(found: SyncDocument): OpenSync {
  const { _id, order, snapshot, lastApproval, ended, open, fixed, frozen, packedGone, rowsGone, ...moving } = found;
  const { sessionId, folded, ...sync } = moving;
  const parts = JSON.parse(fixed) as Omit<FixedParts, 'undo' | 'failedOf' | 'reread' | 'session'> & Partial<FixedParts>;
  const { undo = null, failedOf = null, reread = false, session = null } = parts;
  return { ...sync, ...parts, undo, failedOf, reread, session, turn: sync.turn ?? 0 };
}

export function toSync(found: SyncDocument): Sync {
  const { fixed, frozen } = found;
  const settings =
    frozen === undefined ? (JSON.parse(fixed) as Pick<Sync, 'frozen'>).frozen : (JSON.parse(frozen) as Sync['frozen']);
  return { ...toOpenSync(found), frozen: settings };
}

/** Queues a sync with its integration's next generation, in a transaction of the caller's. Gives the generation. */
export async function insertSync(
  connection: MongoConnection,
  session: mongo.ClientSession,
  sync: Omit<Sync, 'generation'>,
): Promise<number> {
  const {
    lane,
    frozen,
    now,
    today,
    person,
    failedOf,
    reread,
    session: pushes,
    edit,
    undo,
    requestedBy,
    ...moving
  } = sync;
  const fixed: FixedParts = { lane, now, today, person, failedOf, reread, session: pushes, edit, undo, requestedBy };
  const ended = hasEnded(sync.state);
  const { tenantId, integrationId } = sync;
  // Not part of the transaction: all tenants' syncs would wait for one another's commits. A place may stay empty.
  const order = await count(connection, 'syncs');
  const generation = await count(connection, key(tenantId, integrationId), session);
  if (pushes !== null) {
    await connection
      .collection(syncs)
      .updateMany({ tenantId, sessionId: pushes.id, folded: false }, { $set: { folded: true } }, { session });
  }
  await connection.collection(syncs).insertOne(
    {
      _id: key(sync.tenantId, sync.id),
      ...moving,
      // One that begins in the pipeline has its turn from the beginning.
      turn: sync.inPipeline && sync.mode === 'live' ? await takeTurn(connection, session, tenantId, integrationId) : 0,
      generation,
      order,
      snapshot: key(sync.tenantId, sync.snapshotOf),
      lastApproval: -1,
      ended,
      open: !ended,
      fixed: JSON.stringify(fixed),
      frozen: JSON.stringify(frozen),
      packedGone: false,
      rowsGone: false,
      ...(pushes === null ? {} : { sessionId: pushes.id, folded: false }),
    },
    { session },
  );
  await logSyncChange(connection, session, sync);
  return generation;
}

async function count(connection: MongoConnection, _id: string, session?: mongo.ClientSession): Promise<number> {
  const counter = await connection
    .collection(counters)
    .findOneAndUpdate(
      { _id },
      { $inc: { value: 1 } },
      { upsert: true, returnDocument: 'after', ...(session === undefined ? {} : { session }) },
    );
  return counter?.value ?? 1;
}
