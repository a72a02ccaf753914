import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ConnectorRegistry } from './connector-registry.js';
import type { Connector } from './connector.js';
import { defineConnector } from './define-connector.js';
import type { LoadedConnector } from './loaded-connector.js';

function loaded(id: string, parts: Partial<Connector> = {}, moduleUrl: string | null = null): LoadedConnector {
  const definition = defineConnector({
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
  return { definition, moduleUrl };
}

describe('ConnectorRegistry', () => {
  it('lists by id and refuses two of one id', () => {
    expect(new ConnectorRegistry([loaded('b'), loaded('a')]).list().map(({ id }) => id)).toEqual(['a', 'b']);
    expect(() => new ConnectorRegistry([loaded('a'), loaded('a')])).toThrow('same id');
  });

  it('knows the module of a connector, and of none that was made in this process', () => {
    const registry = new ConnectorRegistry([loaded('a', {}, 'file:///a/index.js'), loaded('b')]);
    expect(['a', 'b', 'c'].map((id) => registry.moduleUrl(id))).toEqual(['file:///a/index.js', null, null]);
  });

  it('says where the id is: as the connector does, or as the settings do where it leaves that to them', () => {
    const registry = new ConnectorRegistry([
      loaded('fixed'),
      loaded('chosen', { sourceIdExpressionOf: ({ key }) => `"${String(key)}"` }),
    ]);
    const expression = (connectorId: string) => registry.sourceIdExpression({ connectorId, config: { key: 'No' } });
    expect([expression('fixed'), expression('chosen'), expression('unknown')]).toEqual(['id', '"No"', null]);
  });
});
