import {
  type IntegrationRequest,
  type IntegrationRequestFilter,
  type IntegrationRequestId,
  IntegrationRequestStore,
  requestEvent,
  type TenantId,
} from '#core';
import { key } from './keys.js';
import { logNoticeEvent } from './log-notice-event.js';
import type { MongoConnection } from './mongo-connection.js';
import { olderThan } from './older-than.js';
import { type IntegrationRequestDocument, integrationRequests } from './schemas/integration-requests.js';

function toRequest({ revision, body }: IntegrationRequestDocument): IntegrationRequest {
  return { ...(JSON.parse(body) as Omit<IntegrationRequest, 'revision'>), revision };
}

function bodyOf({ revision: _revision, ...body }: IntegrationRequest): string {
  return JSON.stringify(body);
}

/** A change and the event that it makes are one transaction. */
export class MongoIntegrationRequestStore extends IntegrationRequestStore {
  constructor(private readonly connection: MongoConnection) {
    super();
  }

  override async create(request: IntegrationRequest): Promise<void> {
    const { tenantId, id, createdAt, state, revision } = request;
    await this.connection.run(() =>
      this.collection.insertOne({
        _id: key(tenantId, id),
        tenantId,
        id,
        createdAt,
        state,
        revision,
        body: bodyOf(request),
      }),
    );
  }

  override async request(tenantId: TenantId, id: IntegrationRequestId): Promise<IntegrationRequest | null> {
    return this.connection.run(async () => {
      const found = await this.collection.findOne({ _id: key(tenantId, id) });
      return found === null ? null : toRequest(found);
    });
  }

  override async requests(
    tenantId: TenantId,
    { state }: IntegrationRequestFilter,
    after: IntegrationRequestId | null,
    limit: number,
  ): Promise<IntegrationRequest[]> {
    return this.connection.run(async () => {
      const last = after === null ? null : await this.collection.findOne({ _id: key(tenantId, after) });
      if (after !== null && last === null) return [];
      const found = await this.collection
        .find({
          tenantId,
          ...(state === undefined ? {} : { state }),
          ...olderThan(last),
        })
        .sort({ createdAt: -1, id: -1 })
        .limit(limit)
        .toArray();
      return found.map(toRequest);
    });
  }

  override async update(request: IntegrationRequest): Promise<'updated' | 'stale' | 'unknown'> {
    const { tenantId, id, state, revision } = request;
    const _id = key(tenantId, id);
    return this.connection.transaction(async (session) => {
      const before = await this.collection.findOneAndUpdate(
        { _id, revision },
        { $set: { state, body: bodyOf(request) }, $inc: { revision: 1 } },
        { session, returnDocument: 'before' },
      );
      if (before === null) {
        return (await this.collection.countDocuments({ _id }, { session })) === 0 ? 'unknown' : 'stale';
      }
      const event = requestEvent(before.state, request);
      if (event !== null) await logNoticeEvent(this.connection, session, event);
      return 'updated';
    });
  }

  override async deployed(
    after: Pick<IntegrationRequest, 'tenantId' | 'id'> | null,
    limit: number,
  ): Promise<IntegrationRequest[]> {
    return this.connection.run(async () => {
      const found = await this.collection
        .find({ state: 'deployed', _id: { $gt: after === null ? '' : key(after.tenantId, after.id) } })
        .sort({ _id: 1 })
        .limit(limit)
        .toArray();
      return found.map(toRequest);
    });
  }

  private get collection() {
    return this.connection.collection(integrationRequests);
  }
}
