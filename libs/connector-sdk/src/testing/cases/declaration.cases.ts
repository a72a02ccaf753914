import assert from 'node:assert/strict';
import { compile } from '@jmespath-community/jmespath';
import { z } from 'zod';
import type { Connector } from '../../connector.js';

/** What shows without a source. */
export interface DeclarationCase {
  readonly name: string;
  readonly run: (connector: Connector) => void;
}

export const declarationCases: readonly DeclarationCase[] = [
  {
    name: 'describes each setting and secret, as JSON Schema',
    run: (connector) => {
      for (const [kind, schema] of Object.entries({ config: connector.config, secrets: connector.secrets })) {
        const { properties = {} } = z.toJSONSchema(schema, { io: 'input' });
        for (const [name, property] of Object.entries(properties)) {
          const described = typeof property === 'object' && (property.description ?? '').trim() !== '';
          assert.ok(described, `${kind}.${name} has no description: add .describe('…') for the admin who fills it in`);
        }
      }
    },
  },
  {
    name: 'keeps secrets apart from settings',
    run: (connector) => {
      const secret = /(password|passphrase|secret|privateKey|apiKey|(access|bearer|refresh|api)Token)$/i;
      const misplaced = Object.keys(connector.config.shape).filter((name) => secret.test(name) || name === 'token');
      assert.deepEqual(misplaced, [], 'what everyone may read must not hold these: declare them in `secrets`');
    },
  },
  {
    name: 'has expressions that are JMESPath',
    run: ({ sourceIdExpression, defaultMapping }) => {
      const { attributes, restricted, scope } = defaultMapping;
      const named = { sourceIdExpression, ...attributes, restricted, scope };
      for (const [name, expression] of Object.entries(named)) {
        if (expression === undefined) continue;
        assert.doesNotThrow(() => compile(expression), `the expression of ${name} cannot be read: ${expression}`);
      }
    },
  },
];
