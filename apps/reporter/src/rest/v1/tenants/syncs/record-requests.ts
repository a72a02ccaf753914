import { Injectable } from '@nestjs/common';
import { ConnectorRegistry } from '#connector-sdk';
import {
  type JsonValue,
  type ScimRequestEntry,
  type ScimRequestFilter,
  ScimRequestLog,
  type ScimRequestToAdd,
  type ScimScope,
  SettingsStore,
  type Sync,
  SyncStore,
} from '#core';
import type { StoredRecord } from './record-reader.js';

/** Newest ones that are shown. */
const shownAtMost = 10;
/** Of so many of somebody's groups changes are looked for. */
const groupsAtMost = 20;

/** Finds what an identity provider had asked that made a record what it is. */
@Injectable()
export class RecordRequests {
  constructor(
    private readonly log: ScimRequestLog,
    private readonly settings: SettingsStore,
    private readonly syncs: SyncStore,
    private readonly connectors: ConnectorRegistry,
  ) {}

  /**
   * Newest first: those that the sync which took the record was the first to take, about the person and about their groups;
   * where it took none, the newest about the person before it. Null where nobody pushes.
   */
  async of(sync: Sync, { sourceId, document }: StoredRecord): Promise<ScimRequestToAdd[] | null> {
    const { tenantId, integrationId } = sync;
    const integration = await this.settings.integration(tenantId, integrationId);
    const connector = integration === null ? undefined : this.connectors.get(integration.connectorId);
    if (connector?.capabilities.push !== true || sourceId === undefined) return null;
    const scope = { tenantId, integrationId };
    const syncId = sync.failedOf ?? sync.snapshotOf;
    const taken = await this.newest(scope, [sourceId, ...groupsOf(document)], { syncId });
    if (taken.length > 0) return this.whole(scope, taken);
    const source = syncId === sync.id ? sync : await this.syncs.sync(tenantId, syncId);
    const { startedAt, createdAt } = source ?? sync;
    return this.whole(scope, await this.newest(scope, [sourceId], { writtenUntil: startedAt ?? createdAt }));
  }

  private async newest(
    scope: ScimScope,
    resourceIds: readonly string[],
    filter: ScimRequestFilter,
  ): Promise<ScimRequestEntry[]> {
    const page = { before: null, limit: shownAtMost, ...filter };
    const found: ScimRequestEntry[] = [];
    for (const resourceId of resourceIds) found.push(...(await this.log.list(scope, { ...page, resourceId })));
    return found.toSorted((one, other) => (one.id < other.id ? 1 : -1)).slice(0, shownAtMost);
  }

  private async whole(scope: ScimScope, entries: readonly ScimRequestEntry[]): Promise<ScimRequestToAdd[]> {
    const found = await Promise.all(entries.map(async ({ id }) => this.log.find(scope, id)));
    return found.filter((one) => one !== null);
  }
}

/** The ids of somebody's groups, as the record names them. */
function groupsOf(document: JsonValue): string[] {
  const groups = isObject(document) ? document['groups'] : undefined;
  return (Array.isArray(groups) ? groups : [])
    .map((group) => (isObject(group) ? group['value'] : undefined))
    .filter((id) => typeof id === 'string')
    .slice(0, groupsAtMost);
}

function isObject(value: JsonValue): value is { [name: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
