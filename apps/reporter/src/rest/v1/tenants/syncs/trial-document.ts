import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { jsonValue } from '../../../http/fields.js';
import { type JsonValue, type SyncId, SyncStore, type TenantId } from '#core';
import { notFound, ProblemError } from '../../../http/problem.errors.js';
import { RecordReader } from './record-reader.js';

/** What expressions are tried on: a document that is given, or a stored record's. */
export const trialDocument = {
  payload: jsonValue.optional().describe('The record document to try it on.'),
  syncId: z.string().max(100).optional().describe('With seq: try it on a record of that sync.'),
  seq: z.int().min(0).optional().describe('The record’s place in the snapshot of `syncId`, from 0.'),
};

interface Trial {
  payload?: JsonValue | undefined;
  syncId?: string | undefined;
  seq?: number | undefined;
}

/** Refines a body that has the fields of {@link trialDocument}. */
export function requireOneDocument(body: Trial, context: z.RefinementCtx): void {
  const byRecord = body.syncId !== undefined && body.seq !== undefined;
  const half = (body.syncId === undefined) !== (body.seq === undefined);
  if (!half && byRecord !== (body.payload !== undefined)) return;
  const message = 'Give either payload, or syncId and seq.';
  context.addIssue({ code: 'custom', path: ['payload'], message, params: { code: 'required' } });
}

/** Finds the document that a trial is about. */
@Injectable()
export class TrialDocuments {
  constructor(
    private readonly syncs: SyncStore,
    private readonly records: RecordReader,
  ) {}

  /** @throws ProblemError `notFound`, or `unprocessable` for a record that is no document */
  async find(tenantId: TenantId, { payload, syncId, seq }: Trial): Promise<JsonValue> {
    if (payload !== undefined || syncId === undefined || seq === undefined) return payload ?? null;
    const sync = await this.syncs.sync(tenantId, syncId as SyncId);
    const record = sync === null ? null : await this.records.read(sync, seq);
    if (record === null) throw notFound();
    if (record.decoded) return record.document;
    const message = 'That record cannot be read as a document.';
    throw new ProblemError('unprocessable', message, [{ pointer: '/seq', code: 'notAllowed', message }]);
  }
}
