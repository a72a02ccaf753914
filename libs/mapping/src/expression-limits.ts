/** The longest source of one expression, in UTF-16 code units. The longest ones seen in practice are lookups of some 2,000. */
export const maxExpressionLength = 4_096;

/**
 * How deep parentheses, brackets, arguments, prefix operators and JSON literals may nest. Chains (`a.b.c`, `a || b || c`)
 * don't nest; they are bounded by {@link maxExpressionNodes}.
 */
export const maxExpressionDepth = 64;

/** How many names, literals, operators and calls an expression may have: evaluating recurses at most this deep. */
export const maxExpressionNodes = 1_000;

/**
 * How many steps one expression may take on one record: a fraction of a second. Ordinary ones take some tens; a lookup in a
 * list of thousands takes some thousands.
 */
export const maxEvaluationSteps = 1_000_000;
