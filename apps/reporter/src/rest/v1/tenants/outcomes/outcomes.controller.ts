import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { jsonValue } from '../../../http/fields.js';
import { isFromCommand, type Sync } from '#core';
import { hasRole } from '../../../http/caller.js';
import { defineEndpoint, Endpoint, type InputOf } from '../../../http/endpoint.js';
import { RecordReader } from '../syncs/record-reader.js';
import { explainAttributes } from './explain-attributes.js';
import { lastRecord, LastRecordFinder } from './last-record.js';
import { OutcomeReader } from './outcome-reader.js';
import { attributeValue, mappingProblem, outcomeView } from './outcome-view.js';
import { reasonText } from './reason-texts.js';

const getOutcome = defineEndpoint({
  method: 'GET',
  path: '/v1/tenants/{tenant}/outcomes/{outcome}',
  role: 'viewer',
  summary: 'What a sync does, or did, to one person',
  response: outcomeView,
});

const explainOutcome = defineEndpoint({
  method: 'GET',
  path: '/v1/tenants/{tenant}/outcomes/{outcome}/explanation',
  role: 'viewer',
  summary: 'From the record to the outcome: expression, value, change, reason, and what to do next',
  description:
    'Worked out again from the stored record. A viewer is not shown the record, nor the values that expressions gave: before and after are there for what changes, as the outcome shows them, and null for the rest.',
  response: z.object({
    outcome: outcomeView.describe('What is explained.'),
    why: z.string().describe('The reason in plain words.'),
    next: z.string().nullable().describe('What to do; null when nothing needs doing.'),
    record: z
      .object({
        available: z.boolean().describe('There is a record.'),
        note: z.string().nullable().describe('Why there is no record to show.'),
        document: jsonValue.nullable().describe('Null where there is none, or it is not for this key.'),
      })
      .describe('The document that the expressions saw.'),
    lastRecord: lastRecord.describe(
      'Of somebody whom the source did not send: the last record of theirs that it did send, also one that changed nothing, and its sync. One that is still stored, if there is such.',
    ),
    mappingVersion: z
      .int()
      .nullable()
      .describe('The mapping that the sync used; null without one, and of a change by hand or an undo.'),
    attributes: z
      .array(
        z.object({
          attribute: z.string().describe('An attribute, or `identity`, `scope`, `restricted`.'),
          expression: z.string().nullable().describe('Null: the mapping has no expression for it.'),
          raw: jsonValue.nullable().describe('What the expression gave; null for a viewer.'),
          coerced: attributeValue.describe('The same as a value of the attribute’s type; null for a viewer.'),
          problem: mappingProblem.nullable().describe('Why there is no value; null when all is well.'),
          before: attributeValue.describe('What the user had.'),
          after: attributeValue.describe('What the user has, or would have, by this outcome.'),
          changed: z.boolean(),
        }),
      )
      .describe('Everything that the mapping looks at, and whatever else changes.'),
  }),
});

@Controller()
export class OutcomesController {
  constructor(
    private readonly outcomes: OutcomeReader,
    private readonly records: RecordReader,
    private readonly lastRecords: LastRecordFinder,
  ) {}

  @Endpoint(getOutcome)
  async read({ tenant, params }: InputOf<typeof getOutcome>) {
    return (await this.outcomes.read(tenant.id, params.outcome)).view;
  }

  @Endpoint(explainOutcome)
  async explain({ tenant, params, caller }: InputOf<typeof explainOutcome>) {
    const { sync, row, view } = await this.outcomes.read(tenant.id, params.outcome);
    const record = isFromCommand(sync) ? null : await this.records.read(sync, view.seq);
    const mayRead = hasRole(caller, 'admin');
    const stands = view.reason === 'unchanged' || view.outcome === 'updated' || view.outcome === 'reactivated';
    const attributes = explainAttributes(sync.frozen, record?.document ?? null, row?.changes ?? {}, {
      stands,
      withMapped: mayRead,
    });
    const { why, next } = reasonText(view);
    return {
      outcome: view,
      why,
      next,
      record: {
        available: record !== null,
        note: isFromCommand(sync) ? commandNote(sync) : noteOn(record, row?.recordHash ?? null, mayRead),
        document: mayRead ? (record?.document ?? null) : null,
      },
      lastRecord: await this.lastRecords.find(sync, row),
      mappingVersion: isFromCommand(sync) ? null : (sync.frozen.mapping?.version ?? null),
      attributes,
    };
  }
}

function commandNote({ undo }: Pick<Sync, 'undo'>): string {
  if (undo === null) return 'A change by hand comes from no record.';
  return `An undo reads no record: it puts back what sync ${undo.syncId} had found.`;
}

function noteOn(record: { decoded: boolean } | null, recordHash: string | null, mayRead: boolean): string | null {
  if (record === null) {
    return recordHash === null
      ? 'The source sent no record of this person in this sync.'
      : 'The record is past retention; what came of it is still here.';
  }
  if (!mayRead) return 'Showing the record takes the role admin.';
  return record.decoded ? null : 'The record cannot be read as a document; see it as received.';
}
