import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { shippedConnectors } from '#connector-catalog';

const connectors = path.resolve(import.meta.dirname, '../../connectors');

/** What comes to a connector that is pushed to is held to SCIM's own rules where it comes in: test/scim and test/api. */
const pushed = 'it is pushed to, and calls no source that could misbehave';

for (const { definition } of shippedConnectors) {
  const { id, capabilities } = definition;
  const name = `${id} is held to the contract of connectors`;
  if (capabilities.push === true) {
    it.skip(`${name} (does not apply: ${pushed})`, () => undefined);
    continue;
  }
  it(name, () => {
    const specs = globSync(`*/src/{,*/}${id}.contract.{int,server}.spec.ts`, { cwd: connectors });
    const texts = specs.map((spec) => readFileSync(path.join(connectors, spec), 'utf8'));
    expect(texts.filter((text) => text.includes('describeConnectorContract('))).toHaveLength(1);
  });
}
