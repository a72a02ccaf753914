import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';
import { expect, it } from 'vitest';
import { settingNames, settingsSchema } from './settings.js';
import { settingsReference } from './settings-reference.js';

it('describes every setting', () => {
  for (const name of settingNames) expect(settingsSchema.shape[name].description, name).toMatch(/\.$/);
});

it('is what docs/reference/configuration.md holds: else run `npm run docs:reference`', async () => {
  const page = join(import.meta.dirname, '..', '..', '..', 'docs', 'reference', 'configuration.md');
  expect(readFileSync(page, 'utf8')).toBe(
    await format(settingsReference(), { parser: 'markdown', printWidth: 120, proseWrap: 'preserve' }),
  );
});
