import { TreeInterpreter } from '@jmespath-community/jmespath';
import type { compile, InputSignature } from '@jmespath-community/jmespath';
import { describeType } from './describe-type.js';
import { EvaluationFailure, failedCall } from './evaluation-failure.js';
import { WorkBudget } from './work-budget.js';

/** A parsed expression, as the package makes it. */
export type Ast = ReturnType<typeof compile>;

type Interpreter = typeof TreeInterpreter;
type Operand = Parameters<Interpreter['visit']>[1];
type Result = ReturnType<Interpreter['visit']>;
type NodeOf<Type extends Ast['type']> = Extract<Ast, { type: Type }>;
type Literal = Extract<Ast, { type: 'Literal'; value: unknown }>;

interface Variables {
  readonly values: ReadonlyMap<string, Result>;
  readonly outer: Variables | null;
}

/** The package exports one instance of its interpreter, but not the class. */
const PackageInterpreter = TreeInterpreter.constructor as new () => Interpreter;

const arithmetic: Record<string, { symbol: string; apply: (left: number, right: number) => number }> = {
  Plus: { symbol: '+', apply: (left, right) => left + right },
  Minus: { symbol: '-', apply: (left, right) => left - right },
  Multiply: { symbol: '*', apply: (left, right) => left * right },
  Star: { symbol: '*', apply: (left, right) => left * right },
  Divide: { symbol: '/', apply: (left, right) => left / right },
  Modulo: { symbol: '%', apply: (left, right) => left % right },
  Div: { symbol: '//', apply: (left, right) => Math.floor(left / right) },
};

/**
 * The package's interpreter with five corrections:
 * - a name finds a record's own members only, never `constructor` and the like;
 * - what fails says which function or operator it was, and the types;
 * - a result that is not a finite number fails where it arises;
 * - variables of `let` reach into `&references`;
 * - work has an end: an expression that takes too many steps fails on that record.
 *
 * One instance serves all: evaluating is synchronous, and functions call back only within it.
 */
class RecordInterpreter extends PackageInterpreter {
  private variables: Variables | null = null;
  private readonly budget = new WorkBudget();

  override search(...[node, value]: Parameters<Interpreter['search']>): ReturnType<Interpreter['search']> {
    this.budget.refill();
    const result = super.search(node, value);
    if (typeof result === 'object') this.budget.payDeeply(result);
    return result;
  }

  override visit(node: Ast, value: Operand): Result {
    this.budget.spend(1);
    switch (node.type) {
      case 'Field':
        return ownMember(value, node.name);
      case 'Function':
        return this.visitCall(node, value);
      case 'Arithmetic':
        return this.visitArithmetic(node, value);
      case 'Unary':
        return this.visitUnary(node, value);
      case 'LetExpression':
        return this.visitLet(node, value);
      case 'Variable':
        return this.visitVariable(node);
      case 'Comparator':
        return this.visitComparator(node, value);
      case 'Flatten':
        return this.visitFlatten(node, value);
      default:
        return super.visit(node, value);
    }
  }

  private visitCall(node: NodeOf<'Function'>, value: Operand): Result {
    const values = node.children.map((child) => this.visit(child, value));
    this.budget.payCall(node.name, values);
    let result: Result;
    try {
      result = this.runtime.callFunction(node.name, values);
    } catch (error) {
      throw error instanceof EvaluationFailure ? error : failedCall(node.name, values, error);
    }
    this.budget.pay(result);
    return finite(result, `${node.name}()`, node.name, values);
  }

  /** Objects and lists are compared through and through: that is paid for first. */
  private visitComparator(node: NodeOf<'Comparator'>, value: Operand): Result {
    const left = this.visit(node.left, value);
    const right = this.visit(node.right, value);
    if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) {
      if (node.name === 'EQ') return left === right;
      if (node.name === 'NE') return left !== right;
    } else {
      this.budget.payDeeply(left);
      this.budget.payDeeply(right);
    }
    return super.visit({ ...node, left: literal(left), right: literal(right) }, value);
  }

  private visitFlatten(node: Extract<Ast, { child: Ast }>, value: Operand): Result {
    const list = this.visit(node.child, value);
    if (Array.isArray(list)) for (const element of list) this.budget.pay(element);
    return super.visit({ ...node, child: literal(list) }, value);
  }

  private visitArithmetic(node: NodeOf<'Arithmetic'>, value: Operand): Result {
    const left = this.visit(node.left, value);
    const right = this.visit(node.right, value);
    const operator = arithmetic[String(node.operator)];
    if (operator === undefined) throw new EvaluationFailure('The expression has an unknown operator.');
    const { symbol, apply } = operator;
    if (typeof left !== 'number' || typeof right !== 'number') throw notNumbers(symbol, [left, right]);
    return finite(apply(left, right), `'${symbol}'`, symbol, [left, right]);
  }

  private visitUnary(node: NodeOf<'Unary'>, value: Operand): Result {
    const operand = this.visit(node.operand, value);
    const minus = node.operator === 'Minus';
    if (typeof operand !== 'number') throw notNumbers(minus ? '-' : '+', [operand]);
    return minus ? -operand : operand;
  }

  private visitLet(node: NodeOf<'LetExpression'>, value: Operand): Result {
    const values = new Map<string, Result>();
    for (const { variable, reference } of node.bindings) values.set(variable, this.visit(reference, value));
    const outer = this.variables;
    this.variables = { values, outer };
    try {
      return this.visit(node.expression, value);
    } finally {
      this.variables = outer;
    }
  }

  private visitVariable(node: NodeOf<'Variable'>): Result {
    for (let scope = this.variables; scope !== null; scope = scope.outer) {
      const found = scope.values.get(node.name);
      if (found !== undefined) return found;
    }
    throw new EvaluationFailure(`The variable $${node.name} is not defined here.`);
  }
}

/** A node that gives a value which is known already. */
function literal(value: Result): Ast {
  return { type: 'Literal', value: value as Literal['value'] };
}

/** A member of an object, null when it has none of that name of its own. */
function ownMember(value: Operand, name: string): Result {
  if (value === null || typeof value !== 'object' || Array.isArray(value) || !Object.hasOwn(value, name)) return null;
  return (value as Record<string, Result>)[name] ?? null;
}

function notNumbers(symbol: string, operands: readonly unknown[]): EvaluationFailure {
  const actual = operands.map(describeType).join(', ');
  const message = `'${symbol}' works on numbers, but was given ${actual}.`;
  return new EvaluationFailure(message, { function: symbol, expected: 'number', actual });
}

function finite(result: Result, who: string, name: string, operands: readonly unknown[]): Result {
  if (typeof result !== 'number' || Number.isFinite(result)) return result;
  const actual = operands.map(describeType).join(', ');
  const message = `The result of ${who} is not a finite number (division by zero or overflow).`;
  throw new EvaluationFailure(message, { function: name, expected: 'finite number', actual });
}

export const recordInterpreter: Interpreter = new RecordInterpreter();

const functions = recordInterpreter.runtime._functionTable;

/** The names of all functions that an expression may call, sorted. */
export const functionNames: readonly string[] = Object.keys(functions).sort();

/** The parameters of a function; null when there is none of that name. */
export function functionSignature(name: string): readonly InputSignature[] | null {
  return Object.hasOwn(functions, name) ? (functions[name]?._signature ?? null) : null;
}
