import type { z } from 'zod';
import { rateBudgetProblem } from '#core';
import type { Connector } from './connector.js';

const KEBAB_CASE = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/**
 * Declares a connector; its module exports the result as default, and nothing else is needed.
 *
 * @throws TypeError when the declaration contradicts itself: an id that is not kebab-case, a blank expression, a name that is both config and secret, a
 *   rate budget that is none
 */
export function defineConnector<Config extends z.ZodObject, Secrets extends z.ZodObject>(
  connector: Connector<Config, Secrets>,
): Connector<Config, Secrets> {
  const { id, config, secrets, sourceIdExpression, defaultMapping, rateBudget = null } = connector;
  if (!KEBAB_CASE.test(id)) {
    throw new TypeError(`The connector id "${id}" is not kebab-case.`);
  }
  if (sourceIdExpression.trim() === '') {
    throw new TypeError(`Connector "${id}" has no expression for the source id.`);
  }
  const blank = Object.entries(defaultMapping.attributes).find(([, expression]) => expression.trim() === '');
  if (blank) {
    throw new TypeError(`Connector "${id}" has a blank expression for "${blank[0]}".`);
  }
  const both = Object.keys(config.shape).find((name) => name in secrets.shape);
  if (both !== undefined) {
    throw new TypeError(`Connector "${id}" declares "${both}" as config and as secret.`);
  }
  const problem = rateBudget === null ? null : rateBudgetProblem(rateBudget);
  if (problem !== null) {
    throw new TypeError(`Connector "${id}" declares a rate budget that is none: ${problem}`);
  }
  return Object.freeze(connector);
}
