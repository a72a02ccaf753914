import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { settingNames } from '#config';

const root = join(import.meta.dirname, '..', '..');
const pages = ['README.md', 'CONTRIBUTING.md', ...globSync('docs/**/*.md', { cwd: root })];
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };

/** Read by the client, the development services and the tests: none of Muster's own settings. */
const otherNames = /^(MUSTER_(API_KEY|URL|TENANT|PROFILE|OUTPUT|SERVICES_\w+|TEST_\w+)|KAFKA_VERSION)$/;

describe.each(pages)('%s', (page) => {
  const text = readFileSync(join(root, page), 'utf8');
  const found = (pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, name = '']) => name);

  it('names scripts, settings and files that there are', () => {
    const namedScripts = found(/npm run ([a-z][\w:-]*\w)/g);
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(namedScripts));
    const namedSettings = found(/\b((?:MUSTER|KAFKA|MONGODB)_[A-Z][A-Z_]*[A-Z])\b/g);
    expect(settingNames).toEqual(expect.arrayContaining(namedSettings.filter((name) => !otherNames.test(name))));
    for (const link of found(/\]\((?!https?:)([^)#]+)/g)) {
      expect(existsSync(join(root, dirname(page), link)), link).toBe(true);
    }
  });
});
