/** Why an expression cannot be saved. */
export const expressionProblemCodes = [
  'syntax',
  'unknownFunction',
  'wrongArguments',
  'tooLong',
  'tooDeep',
  'tooManyNodes',
] as const;
export type ExpressionProblemCode = (typeof expressionProblemCodes)[number];

/** What is wrong with the source of an expression, and where. */
export interface ExpressionProblem {
  code: ExpressionProblemCode;
  message: string;
  /** 0-based offset in UTF-16 code units of the source; the source's length when something is missing at its end. */
  position: number;
}
