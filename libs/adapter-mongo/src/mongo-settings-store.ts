import { mongo } from 'mongoose';
import {
  SettingsStore,
  standardAttributes,
  type ApiKey,
  type ApiKeyId,
  type AttributeDefinition,
  type AuditEntry,
  type AuditFilter,
  type Integration,
  type IntegrationId,
  type MappingVersion,
  type PageRequest,
  type SealedChange,
  type Tenant,
  type TenantId,
  type StoredAuditEntry,
} from '#core';
import { isDuplicateKey } from './duplicate-key.js';
import { bodyOf, toIntegration } from './integration-document.js';
import { key, keysBetween, keysUnder } from './keys.js';
import type { MongoConnection } from './mongo-connection.js';
import type { ScheduleFields } from './schemas/schedules.js';
import {
  apiKeys,
  attributes,
  audit,
  type AuditDocument,
  integrations,
  mappings,
  tenants,
  type ApiKeyDocument,
  type MappingDocument,
  type TenantDocument,
} from './schemas/settings.js';

/** Documents written before there were contacts have none. */
function toTenant({ _id, contacts = [], revision = 1, ...tenant }: TenantDocument): Tenant {
  return { id: _id as TenantId, contacts, revision, ...tenant };
}

function toApiKey({ _id, ...apiKey }: ApiKeyDocument): ApiKey {
  return { id: _id as ApiKeyId, ...apiKey };
}

function toMapping({ version, body }: MappingDocument): MappingVersion {
  return { ...(JSON.parse(body) as Omit<MappingVersion, 'version'>), version };
}

/** The fields of a schedule that nobody has run yet, without its version. */
function freshSchedule(dueAt: string | null): Omit<ScheduleFields, 'scheduleVersion'> {
  return { dueAt, awaiting: null, schedule: '{}' };
}

const nothingAfter = '';

/**
 * Most writes are one document. A tenant's attributes and the revision that they raise are written in one transaction.
 * `updateIntegration` leaves the active mapping version alone: only `activateMapping` sets it, without touching the
 * revision that guards an update.
 */
export class MongoSettingsStore extends SettingsStore {
  constructor(private readonly connection: MongoConnection) {
    super();
  }

  override async createTenant({ id, ...tenant }: Tenant): Promise<void> {
    await this.connection.transaction(async (session) => {
      await this.tenantsCollection.insertOne({ _id: id, ...tenant }, { session });
      await this.connection.collection(attributes).insertMany(
        standardAttributes.map((attribute) => ({ _id: key(id, attribute.name), body: JSON.stringify(attribute) })),
        { session },
      );
    });
  }

  override async tenant(id: TenantId): Promise<Tenant | null> {
    return this.connection.run(async () => {
      const found = await this.tenantsCollection.findOne({ _id: id });
      return found === null ? null : toTenant(found);
    });
  }

  override async tenants({ after, limit }: PageRequest): Promise<Tenant[]> {
    return this.connection.run(async () => {
      const found = await this.tenantsCollection
        .find({ _id: { $gt: after ?? nothingAfter } })
        .sort({ _id: 1 })
        .limit(limit)
        .toArray();
      return found.map(toTenant);
    });
  }

  override async updateTenant({
    id,
    name,
    timeZone,
    deprovisioningDelayDays,
    contacts: told,
    revision,
  }: Tenant): Promise<'updated' | 'stale' | 'unknown'> {
    return this.connection.run(async () => {
      const isAsSeen = revision === 1 ? { $or: [{ revision }, { revision: { $exists: false } }] } : { revision };
      const { matchedCount } = await this.tenantsCollection.updateOne(
        { _id: id, ...isAsSeen },
        { $set: { name, timeZone, deprovisioningDelayDays, contacts: told, revision: revision + 1 } },
      );
      if (matchedCount === 1) return 'updated';
      return (await this.tenantsCollection.countDocuments({ _id: id }, { limit: 1 })) === 0 ? 'unknown' : 'stale';
    });
  }

  override async createApiKey({ id, ...apiKey }: ApiKey): Promise<void> {
    await this.connection.run(() => this.apiKeysCollection.insertOne({ _id: id, ...apiKey }));
  }

  override async apiKeyByHash(hash: string): Promise<ApiKey | null> {
    return this.connection.run(async () => {
      const found = await this.apiKeysCollection.findOne({ hash });
      return found === null ? null : toApiKey(found);
    });
  }

  override async apiKeys(tenantId: TenantId | null, { after, limit }: PageRequest): Promise<ApiKey[]> {
    return this.connection.run(async () => {
      const found = await this.apiKeysCollection
        .find({ tenantId, _id: { $gt: after ?? nothingAfter } })
        .sort({ _id: 1 })
        .limit(limit)
        .toArray();
      return found.map(toApiKey);
    });
  }

  override async deleteApiKey(tenantId: TenantId | null, id: ApiKeyId): Promise<boolean> {
    return this.connection.run(async () => {
      const { deletedCount } = await this.apiKeysCollection.deleteOne({ _id: id, tenantId });
      return deletedCount === 1;
    });
  }

  override async attributes(tenantId: TenantId): Promise<AttributeDefinition[]> {
    return this.connection.run(async () => {
      const found = await this.connection
        .collection(attributes)
        .find({ _id: keysUnder([tenantId]) })
        .sort({ _id: 1 })
        .toArray();
      return found.map(({ body }) => JSON.parse(body) as AttributeDefinition);
    });
  }

  override async putAttribute(
    tenantId: TenantId,
    attribute: AttributeDefinition,
    seenRevision: number | null = null,
  ): Promise<number | null> {
    return this.connection.transaction(async (session) => {
      const revision = await this.raiseAttributesRevision(tenantId, session, seenRevision);
      if (revision === null) return null;
      await this.connection
        .collection(attributes)
        .updateOne(
          { _id: key(tenantId, attribute.name) },
          { $set: { body: JSON.stringify(attribute) } },
          { upsert: true, session },
        );
      return revision;
    });
  }

  override async deleteAttribute(tenantId: TenantId, name: string): Promise<boolean> {
    return this.connection.transaction(async (session) => {
      const { deletedCount } = await this.connection
        .collection(attributes)
        .deleteOne({ _id: key(tenantId, name) }, { session });
      if (deletedCount === 0) return false;
      await this.raiseAttributesRevision(tenantId, session);
      return true;
    });
  }

  override async createIntegration(
    integration: Integration,
    sealedSecrets: string,
    nextRunAt: string | null = null,
  ): Promise<void> {
    await this.connection.run(() =>
      this.integrationsCollection.insertOne({
        _id: key(integration.tenantId, integration.id),
        integrationId: integration.id,
        revision: integration.revision,
        standing: integration.standing,
        activeMappingVersion: integration.activeMappingVersion,
        body: bodyOf(integration),
        sealedSecrets,
        ...freshSchedule(nextRunAt),
        scheduleVersion: 0,
      }),
    );
  }

  override async integration(tenantId: TenantId, id: IntegrationId): Promise<Integration | null> {
    return this.connection.run(async () => {
      const found = await this.integrationsCollection.findOne({ _id: key(tenantId, id) });
      return found === null ? null : toIntegration(found);
    });
  }

  override async tenantOf(integrationId: string): Promise<TenantId | null> {
    return this.connection.run(async () => {
      const found = await this.integrationsCollection.findOne({ integrationId }, { projection: { _id: 1 } });
      return found === null ? null : (found._id.slice(0, -integrationId.length - 1) as TenantId);
    });
  }

  override async integrations(tenantId: TenantId, { after, limit }: PageRequest): Promise<Integration[]> {
    return this.connection.run(async () => {
      const found = await this.integrationsCollection
        .find({ _id: keysUnder([tenantId], after) })
        .sort({ _id: 1 })
        .limit(limit)
        .toArray();
      return found.map(toIntegration);
    });
  }

  override async updateIntegration(
    integration: Integration,
    secrets: SealedChange | null,
    nextRunAt?: string | null,
  ): Promise<'updated' | 'stale' | 'secretsChanged' | 'unknown'> {
    const _id = key(integration.tenantId, integration.id);
    return this.connection.run(async () => {
      const { matchedCount } = await this.integrationsCollection.updateOne(
        { _id, revision: integration.revision, ...(secrets === null ? {} : { sealedSecrets: secrets.from }) },
        {
          $set: {
            integrationId: integration.id,
            standing: integration.standing,
            body: bodyOf(integration),
            ...(secrets === null ? {} : { sealedSecrets: secrets.to }),
            ...(nextRunAt === undefined ? {} : freshSchedule(nextRunAt)),
          },
          $inc: { revision: 1, ...(nextRunAt === undefined ? {} : { scheduleVersion: 1 }) },
        },
      );
      if (matchedCount === 1) return 'updated';
      const stored = await this.integrationsCollection.findOne({ _id }, { projection: { revision: 1 } });
      if (stored === null) return 'unknown';
      return secrets !== null && stored.revision === integration.revision ? 'secretsChanged' : 'stale';
    });
  }

  override async sealedSecrets(tenantId: TenantId, id: IntegrationId): Promise<string | null> {
    return this.connection.run(async () => {
      const found = await this.integrationsCollection.findOne({ _id: key(tenantId, id) });
      return found?.sealedSecrets ?? null;
    });
  }

  override async replaceSecrets(tenantId: TenantId, id: IntegrationId, { from, to }: SealedChange): Promise<boolean> {
    return this.connection.run(async () => {
      const { matchedCount } = await this.integrationsCollection.updateOne(
        { _id: key(tenantId, id), sealedSecrets: from },
        { $set: { sealedSecrets: to } },
      );
      return matchedCount === 1;
    });
  }

  override async makeLive(tenantId: TenantId, id: IntegrationId): Promise<void> {
    await this.connection.run(() =>
      this.integrationsCollection.updateOne(
        { _id: key(tenantId, id), standing: { $ne: 'live' } },
        { $set: { standing: 'live' }, $inc: { revision: 1 } },
      ),
    );
  }

  /** Two who add at once want the same number; the unique key lets one of them ask for the next. */
  override async addMapping(mapping: Omit<MappingVersion, 'version'>): Promise<number> {
    const { tenantId, integrationId } = mapping;
    return this.connection.run(async () => {
      for (;;) {
        const newest = await this.mappingsCollection
          .find({ _id: keysUnder([tenantId, integrationId]) })
          .sort({ _id: -1 })
          .limit(1)
          .next();
        const version = (newest?.version ?? 0) + 1;
        try {
          const _id = key(tenantId, integrationId, version);
          await this.mappingsCollection.insertOne({ _id, version, body: JSON.stringify(mapping) });
          return version;
        } catch (error) {
          if (!isDuplicateKey(error)) throw error;
        }
      }
    });
  }

  override async mapping(
    tenantId: TenantId,
    integrationId: IntegrationId,
    version: number,
  ): Promise<MappingVersion | null> {
    return this.connection.run(async () => {
      const found = await this.mappingsCollection.findOne({ _id: key(tenantId, integrationId, version) });
      return found === null ? null : toMapping(found);
    });
  }

  override async mappings(
    tenantId: TenantId,
    integrationId: IntegrationId,
    { after, limit }: PageRequest,
  ): Promise<MappingVersion[]> {
    return this.connection.run(async () => {
      const before = after === null ? undefined : Number(after);
      const found = await this.mappingsCollection
        .find({ _id: keysBetween([tenantId, integrationId], 0, before) })
        .sort({ _id: -1 })
        .limit(limit)
        .toArray();
      return found.map(toMapping);
    });
  }

  /** Versions never go away, so that asking first and writing then is safe. */
  override async activateMapping(tenantId: TenantId, integrationId: IntegrationId, version: number): Promise<boolean> {
    return this.connection.run(async () => {
      const known = await this.mappingsCollection.countDocuments({ _id: key(tenantId, integrationId, version) });
      if (known === 0) return false;
      const { matchedCount } = await this.integrationsCollection.updateOne(
        { _id: key(tenantId, integrationId) },
        { $set: { activeMappingVersion: version } },
      );
      return matchedCount === 1;
    });
  }

  override async appendAudit(entry: AuditEntry): Promise<void> {
    await this.connection.run(() =>
      this.connection.collection(audit).insertOne({ _id: new mongo.ObjectId(), ...entry }),
    );
  }

  /** An entry's id is its instant and its key: the two that the list is sorted by. */
  override async audit(
    tenantId: TenantId | null,
    filter: AuditFilter,
    { after, limit }: PageRequest,
  ): Promise<StoredAuditEntry[]> {
    const { from, to, kind, ...equal } = filter;
    const query: mongo.Filter<AuditDocument>[] = [{ tenantId, ...equal }];
    if (from !== undefined) query.push({ at: { $gte: from } });
    if (to !== undefined) query.push({ at: { $lt: to } });
    // All that begin with the kind and a dot; a slash is the character after a dot.
    if (kind !== undefined) query.push({ action: { $gte: `${kind}.`, $lt: `${kind}/` } });
    if (after !== null) {
      const [, at = '', key = ''] = /^(.*)~([0-9a-f]{24})$/.exec(after) ?? [];
      if (key === '') return [];
      query.push({ $or: [{ at: { $lt: at } }, { at, _id: { $lt: new mongo.ObjectId(key) } }] });
    }
    return this.connection.run(async () => {
      const found = await this.connection
        .collection(audit)
        .find({ $and: query })
        .sort({ at: -1, _id: -1 })
        .limit(limit)
        .toArray();
      return found.map(({ _id, ...entry }) => ({ id: `${entry.at}~${_id.toHexString()}`, ...entry }));
    });
  }

  private get tenantsCollection() {
    return this.connection.collection(tenants);
  }

  private get apiKeysCollection() {
    return this.connection.collection(apiKeys);
  }

  private get integrationsCollection() {
    return this.connection.collection(integrations);
  }

  private get mappingsCollection() {
    return this.connection.collection(mappings);
  }

  /** The new one; null when the one that was seen is not the present one. */
  private async raiseAttributesRevision(
    tenantId: TenantId,
    session: mongo.ClientSession,
    seen: number | null = null,
  ): Promise<number | null> {
    const raised = await this.tenantsCollection.findOneAndUpdate(
      { _id: tenantId, ...(seen === null ? {} : { attributesRevision: seen }) },
      { $inc: { attributesRevision: 1 } },
      { session, returnDocument: 'after', projection: { attributesRevision: 1 } },
    );
    return raised?.attributesRevision ?? null;
  }
}
