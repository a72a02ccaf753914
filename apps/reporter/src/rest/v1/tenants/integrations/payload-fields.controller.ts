import { setImmediate as breathe } from 'node:timers/promises';
import { Controller } from '@nestjs/common';
import { z } from 'zod';
import {
  decodePage,
  type IntegrationId,
  SettingsStore,
  SnapshotStore,
  readsFrom,
  type SyncId,
  SyncStore,
  type TenantId,
} from '#core';
import { decodeJsonRecord, DocumentFields, jsonTypes } from '#mapping';
import { defineEndpoint, Endpoint, type InputOf } from '../../../http/endpoint.js';
import { notFound, ProblemError } from '../../../http/problem.errors.js';

/** So much of a snapshot is looked at, from its start: a page is up to 512 KiB. */
const mostPages = 4;
const mostRecords = 1000;
/** When no snapshot is complete, the newest of so many syncs that has a page. */
const newestSyncs = 20;

const payloadFields = z.object({
  syncId: z.string().describe('Whose snapshot was looked at.'),
  recordsRead: z.int().describe('How many records were looked at, from the start of the snapshot.'),
  unreadable: z.int().describe('How many of them are no documents.'),
  truncated: z.boolean().describe('There are more fields than are told, or deeper ones.'),
  items: z.array(
    z.object({
      path: z.array(z.string().nullable()).describe('Names from the root; null stands for the elements of a list.'),
      expression: z.string().describe('JMESPath, quoted as it must be; of lists it gives all elements.'),
      firstExpression: z.string().nullable().describe('The same of the first element of each list.'),
      types: z.array(z.enum(jsonTypes)).describe('All that were seen there.'),
      filled: z.int().describe('Records in which something stands there that is neither null nor blank.'),
      fillRate: z.number().describe('The same as a share of the records, from 0 to 1.'),
    }),
  ),
  nextCursor: z.null(),
});

const getPayloadFields = defineEndpoint({
  method: 'GET',
  path: '/v1/tenants/{tenant}/integrations/{integration}/payload-fields',
  role: 'viewer',
  summary: 'What the source’s records look like: fields, types, how often they are filled; no values',
  description:
    'From the first pages of the newest complete snapshot, or of the newest that has any. A dry sync makes one, also without a mapping.',
  response: payloadFields,
  problems: ['snapshotGone'],
});

@Controller()
export class PayloadFieldsController {
  constructor(
    private readonly settings: SettingsStore,
    private readonly syncs: SyncStore,
    private readonly snapshots: SnapshotStore,
  ) {}

  @Endpoint(getPayloadFields)
  async read({ tenant, params }: InputOf<typeof getPayloadFields>) {
    const integration = await this.settings.integration(tenant.id, params.integration);
    if (integration === null) throw notFound();
    const syncId = await this.sampled(tenant.id, integration.id);
    if (syncId === null) {
      const detail = 'There is no snapshot of this integration, or none any more. Run a dry sync, then ask again.';
      throw new ProblemError('snapshotGone', detail);
    }
    const fields = new DocumentFields();
    let recordsRead = 0;
    let unreadable = 0;
    for (let page = 0; page < mostPages && recordsRead < mostRecords; page += 1) {
      const body = await this.snapshots.body(tenant.id, syncId, page);
      if (body === null) break;
      for (const record of decodePage(body).slice(0, mostRecords - recordsRead)) {
        recordsRead += 1;
        const decoded = record.tooLarge === undefined ? decodeJsonRecord(record.bytes) : null;
        if (decoded?.ok === true) fields.add(decoded.document);
        else unreadable += 1;
      }
      await breathe();
    }
    const { documents, isTruncated } = fields;
    const items = fields.list().map((field) => ({ ...field, fillRate: round(field.filled / documents) }));
    return { syncId, recordsRead, unreadable, truncated: isTruncated, items, nextCursor: null };
  }

  private async sampled(tenantId: TenantId, integrationId: IntegrationId): Promise<SyncId | null> {
    const complete = await this.syncs.newestCompleteSnapshot(tenantId, integrationId);
    if (complete !== null && (await this.snapshots.page(tenantId, complete, 0)) !== null) return complete;
    for (const sync of await this.syncs.syncs(tenantId, { integrationId }, null, newestSyncs)) {
      if (readsFrom(sync) === null && (await this.snapshots.page(tenantId, sync.id, 0)) !== null) return sync.id;
    }
    return null;
  }
}

function round(share: number): number {
  return Math.round(share * 10_000) / 10_000;
}
