import type { CheckStep, CheckStepName } from './connector.js';
import type { JsonValue } from './json-value.js';
import { SourceError } from './source.errors.js';

/** The step that an error ends a check with, told as the error tells it. Throws what is no `SourceError`. */
export function failedStep(
  step: CheckStepName,
  error: unknown,
  details: Readonly<Record<string, JsonValue>> = {},
): CheckStep {
  if (!(error instanceof SourceError)) throw error;
  const { code, fields, message } = error;
  return { step, ok: false, message, details: { code, ...fields, ...details } };
}
