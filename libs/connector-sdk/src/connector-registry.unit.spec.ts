import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ConnectorRegistry } from './connector-registry.js';
import type { Connector } from './connector.js';
import { defineConnector } from './define-connector.js';

function connector(id: string, parts: Partial<Connector> = {}): Connector {
  return defineConnector({
    id,
    title: id,
    description: 'For tests.',
    capabilities: { full: true, person: false, delta: false, resume: false, wholeness: 'endMarker' },
    config: z.object({}),
    secrets: z.object({}),
    decoder: 'json',
    sourceIdExpression: 'id',
    defaultMapping: { attributes: {} },
    async *check() {},
    async *fetch() {
      yield { records: [], next: null };
      return { extent: 'full', lastPageSeen: true };
    },
    ...parts,
  });
}

describe('ConnectorRegistry', () => {
  it('lists by id and refuses two of one id', () => {
    expect(new ConnectorRegistry([connector('b'), connector('a')]).list().map(({ id }) => id)).toEqual(['a', 'b']);
    expect(() => new ConnectorRegistry([connector('a'), connector('a')])).toThrow('same id');
  });

  it('says where the id is: as the connector does, or as the settings do where it leaves that to them', () => {
    const registry = new ConnectorRegistry([
      connector('fixed'),
      connector('chosen', { sourceIdExpressionOf: ({ key }) => `"${String(key)}"` }),
    ]);
    const expression = (connectorId: string) => registry.sourceIdExpression({ connectorId, config: { key: 'No' } });
    expect([expression('fixed'), expression('chosen'), expression('unknown')]).toEqual(['id', '"No"', null]);
  });
});
