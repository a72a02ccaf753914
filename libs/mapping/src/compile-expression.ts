import { compile } from '@jmespath-community/jmespath';
import { checkSyntax } from './check-syntax.js';
import { maxExpressionLength } from './expression-limits.js';
import type { ExpressionProblem } from './expression-problem.js';
import { type FieldPath, fieldPath } from './field-path.js';
import { functionCallProblem } from './function-calls.js';
import { lexicalProblem } from './lexical-problem.js';
import type { Ast } from './record-interpreter.js';

/** An expression that is known to be sound, parsed once. Made by {@link compileExpression} only. */
export interface CompiledExpression {
  readonly source: string;
  /** How to run it: along a path of names, or by interpreting its tree. */
  readonly program: { readonly path: FieldPath } | { readonly ast: Ast };
}

export type ExpressionCompilation =
  { ok: true; expression: CompiledExpression } | { ok: false; problem: ExpressionProblem };

/**
 * Parses a JMESPath expression (the community edition of the specification). Syntax errors, unknown functions, wrong
 * arguments and expressions beyond the limits are problems with their place in the source; nothing is thrown.
 */
export function compileExpression(source: string): ExpressionCompilation {
  if (source.length > maxExpressionLength) {
    const message = `The expression is longer than ${maxExpressionLength} characters.`;
    return { ok: false, problem: { code: 'tooLong', message, position: maxExpressionLength } };
  }
  const lexical = lexicalProblem(source);
  if (lexical !== null) return { ok: false, problem: lexical };
  const syntax = checkSyntax(source);
  if (!syntax.ok) return syntax;
  for (const call of syntax.calls) {
    const problem = functionCallProblem(call);
    if (problem !== null) return { ok: false, problem };
  }
  let ast: Ast;
  try {
    ast = compile(source);
  } catch {
    return { ok: false, problem: { code: 'syntax', message: 'The expression cannot be parsed.', position: 0 } };
  }
  const path = fieldPath(ast);
  return { ok: true, expression: { source, program: path === null ? { ast } : { path } } };
}
