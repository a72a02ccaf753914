import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { jsonValue } from '../../../http/fields.js';
import { SyncStore } from '#core';
import { defineEndpoint, Endpoint, type InputOf } from '../../../http/endpoint.js';
import { notFound } from '../../../http/problem.errors.js';
import { requestWithBodyView, toRequestWithBodyView } from '../integrations/scim-requests/scim-request-view.js';
import { RecordReader } from './record-reader.js';
import { RecordRequests } from './record-requests.js';

const getRecord = defineEndpoint({
  method: 'GET',
  path: '/v1/tenants/{tenant}/syncs/{sync}/records/{seq}',
  role: 'admin',
  summary: 'One person’s record as the source sent it, and the document that expressions see',
  response: z.object({
    syncId: z.string(),
    seq: z.int().describe('Its place in the snapshot, from 0.'),
    encoding: z.enum(['text', 'base64']).describe('`base64` when the bytes are not UTF-8 text.'),
    raw: z.string().describe('The bytes as received.'),
    bytes: z.int().describe('The record’s size as received.'),
    truncated: z.boolean().describe('The record was too large: only its first 64 KiB were kept.'),
    document: jsonValue.nullable().describe('What expressions see; null when the bytes cannot be read.'),
    requests: z
      .array(requestWithBodyView)
      .nullable()
      .describe(
        'Where an identity provider pushes: its requests that made the record what it is, newest first, at most ten. Those that the sync took, about the person and their groups; else the newest about the person before it. Null for other sources.',
      ),
  }),
});

@Controller()
export class RecordsController {
  constructor(
    private readonly syncs: SyncStore,
    private readonly records: RecordReader,
    private readonly requests: RecordRequests,
  ) {}

  @Endpoint(getRecord)
  async read({ tenant, params: { sync: id, seq } }: InputOf<typeof getRecord>) {
    const sync = await this.syncs.sync(tenant.id, id);
    if (sync === null) throw notFound();
    const record = await this.records.read(sync, seq);
    if (record === null) throw notFound();
    const text = asText(record.bytes);
    const requests = await this.requests.of(sync, record);
    return {
      syncId: sync.id,
      seq,
      encoding: text === null ? ('base64' as const) : ('text' as const),
      raw: text ?? Buffer.from(record.bytes).toString('base64'),
      bytes: record.tooLarge?.length ?? record.bytes.length,
      truncated: record.tooLarge !== undefined,
      document: record.document,
      requests: requests?.map(toRequestWithBodyView) ?? null,
    };
  }
}

function asText(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
