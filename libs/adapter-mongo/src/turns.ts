import type { mongo } from 'mongoose';
import type { IntegrationId, TenantId } from '#core';
import { key, lastPart } from './keys.js';
import type { MongoConnection } from './mongo-connection.js';
import { counters } from './schemas/syncs.js';

/** Gives an integration's next turn, in the transaction in which its sync enters the pipeline. */
export async function takeTurn(
  connection: MongoConnection,
  session: mongo.ClientSession,
  tenantId: TenantId,
  integrationId: IntegrationId,
): Promise<number> {
  const counter = await connection
    .collection(counters)
    .findOneAndUpdate(
      { _id: key(tenantId, integrationId) },
      { $inc: { turn: 1 } },
      { returnDocument: 'after', session },
    );
  return counter?.turn ?? 1;
}

/**
 * The turns taken last, as the transaction sees them. One that began before a later turn was taken is not told of it, and
 * still writes nothing over what that turn writes: one of the two meets the other's document, and starts anew.
 */
export async function newestTurns(
  connection: MongoConnection,
  session: mongo.ClientSession,
  tenantId: TenantId,
  integrationIds: Iterable<IntegrationId>,
): Promise<Map<IntegrationId, number>> {
  const _id = { $in: [...new Set(integrationIds)].map((id) => key(tenantId, id)) };
  const found = await connection
    .collection(counters)
    .find({ _id }, { session, projection: { turn: 1 } })
    .toArray();
  return new Map(found.map(({ _id, turn = 0 }) => [lastPart(_id, [tenantId]) as IntegrationId, turn]));
}
