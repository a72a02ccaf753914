import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import vitestConfig from '../../vitest.config.js';
import { embeddedOnly } from '../scenarios/embedded-only.js';

const root = path.resolve(import.meta.dirname, '../..');
const specs = globSync('test/scenarios/*.spec.ts', { cwd: root }).map((file) => path.basename(file));

/** The files of test/scenarios that a project of the test runner takes. */
function filesOf(project: string): string[] {
  const projects = vitestConfig.test?.projects ?? [];
  const found = projects.find(
    (candidate) => typeof candidate === 'object' && 'test' in candidate && candidate.test?.name === project,
  );
  const test = typeof found === 'object' && 'test' in found ? found.test : undefined;
  const matches = (file: string, patterns: readonly string[] = []): boolean =>
    patterns.some((pattern) => path.matchesGlob(`test/scenarios/${file}`, pattern));
  return specs.filter((file) => matches(file, test?.include) && !matches(file, test?.exclude)).sort();
}

describe('the list of scenarios', () => {
  it('is run as a whole on the embedded engine', () => {
    expect(filesOf('e2e')).toEqual(specs.toSorted());
  });

  it('is run as a whole on the distributed engine, but for what is named with a reason', () => {
    const both = specs.filter((file) => !Object.hasOwn(embeddedOnly, file));
    expect(filesOf('e2e-distributed')).toEqual(both.sort());
    expect(both.length).toBeGreaterThan(Object.keys(embeddedOnly).length);
  });

  it.for(Object.entries(embeddedOnly))('has %s, and says why only one engine runs it', ([file, reason]) => {
    expect(specs).toContain(file);
    expect(reason.split(' ').length, reason).toBeGreaterThanOrEqual(8);
    for (const [named] of reason.matchAll(/[\w-]+\.e2e\.spec\.ts/g)) {
      expect(specs).toContain(named);
      expect(embeddedOnly).not.toHaveProperty([named]);
    }
  });

  it.for(specs)('skips nothing in %s, on either engine', (file) => {
    const text = readFileSync(path.join(root, 'test/scenarios', file), 'utf8');
    expect(text.match(/\.(skip|skipIf|runIf|todo|only|fails)\b|MUSTER_TEST_ENGINE|ctx\.skip/g)).toBeNull();
  });
});
