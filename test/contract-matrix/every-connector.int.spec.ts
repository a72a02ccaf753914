import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { shippedConnectors } from '#connector-catalog';

const connectors = path.resolve(import.meta.dirname, '../../connectors');

for (const { definition } of shippedConnectors) {
  const { id } = definition;
  it(`${id} is held to the contract of connectors`, () => {
    const specs = globSync(`*/src/{,*/}${id}.contract.{int,server}.spec.ts`, { cwd: connectors });
    const texts = specs.map((spec) => readFileSync(path.join(connectors, spec), 'utf8'));
    expect(texts.filter((text) => text.includes('describeConnectorContract('))).toHaveLength(1);
  });
}
