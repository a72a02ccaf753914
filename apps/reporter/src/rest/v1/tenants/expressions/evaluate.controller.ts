import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { jsonValue } from '../../../http/fields.js';
import { evaluateExpression, maxExpressionLength } from '#mapping';
import { defineEndpoint, Endpoint, type InputOf } from '../../../http/endpoint.js';
import { attributeType } from '../../words.js';
import { requireOneDocument, trialDocument, TrialDocuments } from '../syncs/trial-document.js';

const evaluate = defineEndpoint({
  method: 'POST',
  path: '/v1/tenants/{tenant}/expressions/evaluate',
  role: 'admin',
  summary: 'Try an expression on a document, by the rules of a sync',
  body: z
    .strictObject({
      expression: z.string().min(1).max(maxExpressionLength).describe('JMESPath.'),
      ...trialDocument,
      type: attributeType.optional().describe('Coerce the value as an attribute of this type would.'),
      attribute: z
        .string()
        .max(100)
        .optional()
        .describe('The attribute it is meant for; `email` takes addresses only.'),
    })
    .superRefine(requireOneDocument),
  response: z.object({
    value: jsonValue.nullable().describe('What the expression gave.'),
    coerced: z
      .union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.null()])
      .optional()
      .describe('As an attribute of the type would hold it; only with `type`.'),
    problem: z
      .object({
        code: z.string().describe('Stable; programs decide by it.'),
        message: z.string().describe('What is wrong, in words.'),
        position: z.int().optional().describe('0-based offset in the expression.'),
        expected: z.string().optional().describe('The types that would do.'),
        actual: z.string().optional().describe('The type that was there.'),
        function: z.string().optional().describe('The function that failed.'),
      })
      .optional()
      .describe('Why there is no value; left out when all is well.'),
  }),
});

@Controller()
export class EvaluateController {
  constructor(private readonly documents: TrialDocuments) {}

  @Endpoint(evaluate)
  async evaluate({ tenant, body }: InputOf<typeof evaluate>) {
    const { expression, type, attribute } = body;
    const document = await this.documents.find(tenant.id, body);
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
