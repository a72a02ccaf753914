import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parseSettings } from '../../apps/cli/src/settings/settings-file.js';

it('the settings in docs/guides/settings-as-files.md are ones that can be applied', () => {
  const page = readFileSync(new URL('../../docs/guides/settings-as-files.md', import.meta.url), 'utf8');
  const examples = [...page.matchAll(/```yaml\n(.*?)```/gs)].map(([, example = '']) => example);
  expect(examples).toHaveLength(1);
  for (const example of examples) {
    const [document] = parseSettings(example, 'example.yaml');
    expect(Object.keys(document?.settings.integrations ?? {})).toEqual(['Acme HR']);
  }
});
