import type { z } from 'zod';
import { toJsonPointer } from '#core';
import type { FieldProblem } from './problem.errors.js';

/** Where the checked value stands in the request. */
export type RequestPart = 'path' | 'query' | 'header' | 'body';

/** Turns what zod found into field problems that name each field by pointer or parameter and quote no value. */
export function fieldProblems(
  issues: readonly z.core.$ZodIssue[],
  part: RequestPart,
  base: readonly PropertyKey[] = [],
): FieldProblem[] {
  return issues.flatMap((issue) => {
    const path = [...base, ...issue.path];
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => problem([...path, key], part, 'unknownField', `There is no field ${key} here.`));
    }
    if (issue.code === 'invalid_union') {
      const closest = closestBranch(issue.errors);
      if (closest !== null) return fieldProblems(closest, part, path);
    }
    return [problem(path, part, codeOf(issue), messageOf(issue))];
  });
}

/** Whether a value with this problem fits the schema all the same: it breaks a rule that JSON Schema can't say. */
export function fitsSchema(issue: z.core.$ZodIssue): boolean {
  if (issue.code === 'custom') return true;
  return issue.code === 'invalid_union' && issue.errors.some((issues) => issues.every(fitsSchema));
}

function problem(path: readonly PropertyKey[], part: RequestPart, code: string, message: string): FieldProblem {
  if (part === 'body') return { pointer: toJsonPointer(path), code, message };
  return { parameter: String(path[0] ?? ''), code, message };
}

/** The alternative that the value came closest to: the one with the fewest problems, if they are not all its kind. */
function closestBranch(branches: readonly (readonly z.core.$ZodIssue[])[]): readonly z.core.$ZodIssue[] | null {
  const deep = branches.filter((issues) =>
    issues.some(({ path, code }) => path.length > 0 || code === 'unrecognized_keys'),
  );
  const [first] = deep.toSorted((a, b) => a.length - b.length);
  return first ?? null;
}

function codeOf(issue: z.core.$ZodIssue): string {
  if (isMissing(issue)) return 'required';
  switch (issue.code) {
    case 'invalid_type':
      return 'wrongType';
    case 'too_small':
      return 'tooSmall';
    case 'too_big':
      return 'tooLarge';
    case 'invalid_value':
      return 'notAllowed';
    case 'custom':
      return typeof issue.params?.['code'] === 'string' ? issue.params['code'] : 'invalid';
    default:
      return 'invalid';
  }
}

/** zod's words; it names types and limits, never the value. */
function messageOf(issue: z.core.$ZodIssue): string {
  if (isMissing(issue)) return 'This field is required.';
  const message = issue.message
    .replace(/^Invalid input: /, '')
    .replace(/^Invalid input$/, 'not one of the accepted forms');
  const sentence = message.charAt(0).toUpperCase() + message.slice(1);
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}

function isMissing(issue: z.core.$ZodIssue): boolean {
  return issue.code === 'invalid_type' && issue.path.length > 0 && issue.message.endsWith('received undefined');
}
