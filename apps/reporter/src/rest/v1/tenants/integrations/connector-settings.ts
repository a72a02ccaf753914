import type { z } from 'zod';
import type { JsonObject } from '#core';
import { type FieldProblem, ProblemError } from '../../../http/problem.errors.js';
import { fieldProblems } from '../../../http/zod-problems.js';

/**
 * Checks settings by the connector's own schemas; defaults are filled in. A part that is not given stays undefined.
 *
 * @throws ProblemError `unprocessable` that names each field
 */
export function checkConnectorSettings(
  connector: { config: z.ZodType; secrets: z.ZodType },
  given: { config: JsonObject | undefined; secrets: JsonObject | undefined },
): { config: JsonObject | undefined; secrets: JsonObject | undefined } {
  const problems: FieldProblem[] = [];
  const check = (part: 'config' | 'secrets'): JsonObject | undefined => {
    const value = given[part];
    if (value === undefined) return undefined;
    const result = connector[part].safeParse(value);
    if (result.success) return JSON.parse(JSON.stringify(result.data)) as JsonObject;
    problems.push(...fieldProblems(result.error.issues, 'body', [part]));
    return undefined;
  };
  const checked = { config: check('config'), secrets: check('secrets') };
  if (problems.length > 0) {
    const detail = `The connector does not accept ${problems.map(({ pointer }) => pointer).join(', ')}. Its page in /v1/connectors says what it takes.`;
    throw new ProblemError('unprocessable', detail, problems);
  }
  return checked;
}
