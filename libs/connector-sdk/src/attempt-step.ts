import type { CheckStep, CheckStepName } from './connector.js';
import { failedStep } from './failed-step.js';

/** What came of an attempt: the step that its error ends a check with, or what it gave. */
export type StepAttempt<T> = { readonly failed: CheckStep } | { readonly failed?: undefined; readonly value: T };

/** Carries out what a step of a check is about. Throws what is no `SourceError`. */
export async function attemptStep<T>(step: CheckStepName, run: () => Promise<T>): Promise<StepAttempt<T>> {
  try {
    return { value: await run() };
  } catch (error) {
    return { failed: failedStep(step, error) };
  }
}
