import { TYPE_EXPREF } from '@jmespath-community/jmespath';
import type { FunctionCall } from './check-syntax.js';
import type { ExpressionProblem } from './expression-problem.js';
import { functionSignature, functionNames } from './record-interpreter.js';

/** Whether a called function exists and takes so many arguments of these kinds; null when it does. */
export function functionCallProblem(call: FunctionCall): ExpressionProblem | null {
  const signature = functionSignature(call.name);
  if (signature === null) {
    const near = nearestName(call.name);
    const hint = near === null ? '' : ` Did you mean ${near}()?`;
    return { code: 'unknownFunction', message: `There is no function ${call.name}().${hint}`, position: call.position };
  }
  const least = signature.filter((parameter) => parameter.optional !== true).length;
  const most = signature.at(-1)?.variadic === true ? Infinity : signature.length;
  const given = call.arguments.length;
  if (given < least || given > most) {
    const takes = most === Infinity ? `at least ${least}` : most === least ? `${least}` : `${least} to ${most}`;
    const message = `${call.name}() takes ${takes} argument${takes === '1' || takes === 'at least 1' ? '' : 's'}, not ${given}.`;
    return { code: 'wrongArguments', message, position: call.position };
  }
  for (const [index, argument] of call.arguments.entries()) {
    const parameter = signature[Math.min(index, signature.length - 1)];
    const expected = parameter?.types.includes(TYPE_EXPREF) === true ? 'reference' : 'value';
    if (argument.kind === expected) continue;
    const message =
      expected === 'reference'
        ? `Argument ${index + 1} of ${call.name}() is a reference: write '&' before it.`
        : `Argument ${index + 1} of ${call.name}() is a value, not a reference: leave out the '&'.`;
    return { code: 'wrongArguments', message, position: argument.position };
  }
  return null;
}

/** The known function whose name is at most two edits away. */
function nearestName(name: string): string | null {
  let nearest: string | null = null;
  let least = 3;
  for (const candidate of functionNames) {
    const distance = editDistance(name.toLowerCase(), candidate, least);
    if (distance < least) {
      least = distance;
      nearest = candidate;
    }
  }
  return nearest;
}

/** Levenshtein distance, or `limit` when it is not below it. */
function editDistance(left: string, right: string, limit: number): number {
  if (Math.abs(left.length - right.length) >= limit) return limit;
  let row = Array.from({ length: right.length + 1 }, (_, column) => column);
  for (let i = 1; i <= left.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= right.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (left[i - 1] === right[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return Math.min(row[right.length] ?? limit, limit);
}
