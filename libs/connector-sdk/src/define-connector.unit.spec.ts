import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Connector } from './connector.js';
import { defineConnector } from './define-connector.js';

const config = z.strictObject({ baseUrl: z.url() });
const secrets = z.strictObject({ apiKey: z.string() });

const declaration: Connector<typeof config, typeof secrets> = {
  id: 'paper-files',
  title: 'Paper files',
  description: 'For tests.',
  capabilities: { full: true, person: false, delta: false, resume: false, wholeness: 'endMarker' },
  config,
  secrets,
  decoder: 'json',
  sourceIdExpression: 'id',
  defaultMapping: { attributes: { fullName: 'name' } },
  async *check() {
    yield { step: 'configuration', ok: true, message: 'Fine.' };
  },
  async *fetch({ config: { baseUrl } }) {
    yield { records: [{ sourceId: baseUrl, bytes: new Uint8Array() }], next: null };
    return { extent: 'full', lastPageSeen: true };
  },
};

describe('defineConnector', () => {
  it('gives a connector that a registry of any connectors can hold', () => {
    const registry: Connector[] = [defineConnector(declaration)];
    expect(registry.map(({ id }) => id)).toEqual(['paper-files']);
  });

  it.each([
    ['an id that is not kebab-case', { id: 'PaperFiles' }, 'PaperFiles'],
    ['no expression for the source id', { sourceIdExpression: ' ' }, 'source id'],
    ['a blank expression', { defaultMapping: { attributes: { email: '' } } }, 'email'],
    ['a name that is config and secret', { secrets: z.strictObject({ baseUrl: z.string() }) }, 'baseUrl'],
  ])('refuses %s', (_, wrong, named) => {
    expect(() => defineConnector(Object.assign({}, declaration, wrong))).toThrow(named);
  });
});
