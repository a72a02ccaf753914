import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { shippedConnectors } from '#connector-catalog';

const connectors = path.resolve(import.meta.dirname, '../../connectors');

/** Who is pushed to calls no source that could misbehave: what comes in is held to SCIM's own rules where it comes in. */
const reading = shippedConnectors.filter(({ definition }) => definition.capabilities.push !== true);

it.each(reading.map(({ definition }) => definition.id))('%s is held to the contract of connectors', (id) => {
  const specs = globSync(`${id}/src/*.contract.{int,server}.spec.ts`, { cwd: connectors });
  const texts = specs.map((name) => readFileSync(path.join(connectors, name), 'utf8'));
  expect(texts.filter((text) => text.includes('describeConnectorContract('))).toHaveLength(1);
});
