import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { shippedConnectors } from '#connector-catalog';

const connectors = path.resolve(import.meta.dirname, '../../connectors');

it.each(shippedConnectors.map(({ definition }) => definition.id))('%s is held to the contract of connectors', (id) => {
  const specs = globSync(`${id}/src/*.contract.{int,server}.spec.ts`, { cwd: connectors });
  const texts = specs.map((name) => readFileSync(path.join(connectors, name), 'utf8'));
  expect(texts.filter((text) => text.includes('describeConnectorContract('))).toHaveLength(1);
});
