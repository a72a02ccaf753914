import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { attributeTypes, type JsonValue, type SyncId, SyncStore, type TenantId } from '#core';
import { evaluateExpression, maxExpressionLength } from '#mapping';
import { defineEndpoint, Endpoint, type InputOf } from '../../../http/endpoint.js';
import { notFound, ProblemError } from '../../../http/problem.errors.js';
import { RecordReader } from '../syncs/record-reader.js';

const evaluate = defineEndpoint({
  method: 'POST',
  path: '/v1/tenants/{tenant}/expressions/evaluate',
  role: 'admin',
  summary: 'Try an expression on a document, by the rules of a sync',
  body: z
    .strictObject({
      expression: z.string().min(1).max(maxExpressionLength).describe('JMESPath.'),
      payload: z.json().optional().describe('The record document to try it on.'),
      syncId: z.string().max(100).optional().describe('With seq: try it on a record of that sync.'),
      seq: z.int().min(0).optional(),
      type: z.enum(attributeTypes).optional().describe('Coerce the value as an attribute of this type would.'),
      attribute: z
        .string()
        .max(100)
        .optional()
        .describe('The attribute it is meant for; `email` takes addresses only.'),
    })
    .superRefine((body, context) => {
      const byRecord = body.syncId !== undefined && body.seq !== undefined;
      const half = (body.syncId === undefined) !== (body.seq === undefined);
      if (!half && byRecord !== (body.payload !== undefined)) return;
      const message = 'Give either payload, or syncId and seq.';
      context.addIssue({ code: 'custom', path: ['payload'], message, params: { code: 'required' } });
    }),
  response: z.object({
    value: z.json().nullable().describe('What the expression gave.'),
    coerced: z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.null()]).optional(),
    problem: z
      .object({
        code: z.string(),
        message: z.string(),
        position: z.int().optional().describe('0-based offset in the expression.'),
        expected: z.string().optional(),
        actual: z.string().optional(),
        function: z.string().optional(),
      })
      .optional(),
  }),
});

@Controller()
export class EvaluateController {
  constructor(
    private readonly syncs: SyncStore,
    private readonly records: RecordReader,
  ) {}

  @Endpoint(evaluate)
  async evaluate({ tenant, body }: InputOf<typeof evaluate>) {
    const { expression, type, attribute } = body;
    const document = body.payload ?? (await this.recordDocument(tenant.id, body.syncId, body.seq));
    const result = evaluateExpression({
      expression,
      document,
      ...(type === undefined ? {} : { type }),
      ...(attribute === undefined ? {} : { attribute }),
    });
    const { value, coerced, problem } = result;
    return {
      value,
      ...(coerced === undefined ? {} : { coerced }),
      ...(problem === undefined ? {} : { problem: toProblemView(problem) }),
    };
  }

  private async recordDocument(
    tenantId: TenantId,
    syncId: string | undefined,
    seq: number | undefined,
  ): Promise<JsonValue> {
    if (syncId === undefined || seq === undefined) return null;
    const sync = await this.syncs.sync(tenantId, syncId as SyncId);
    const record = sync === null ? null : await this.records.read(sync, seq);
    if (record === null) throw notFound();
    if (record.decoded) return record.document;
    const message = 'That record cannot be read as a document.';
    throw new ProblemError('invalidRequest', message, [{ pointer: '/seq', code: 'notAllowed', message }]);
  }
}

function toProblemView(problem: NonNullable<ReturnType<typeof evaluateExpression>['problem']>) {
  if (!('attribute' in problem)) return { code: problem.code, message: problem.message, position: problem.position };
  const { code, message, expected, actual, function: name } = problem;
  return {
    code,
    message,
    ...(expected === undefined ? {} : { expected }),
    ...(actual === undefined ? {} : { actual }),
    ...(name === undefined ? {} : { function: name }),
  };
}
