import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { hostileModes } from '../../connectors/hostile/src/index.js';

const root = path.resolve(import.meta.dirname, '../..');
const texts = globSync('{apps,libs,test}/**/*.spec.ts', { cwd: root, exclude: ['**/node_modules/**'] })
  .filter((file) => !file.endsWith(path.basename(import.meta.filename)))
  .map((file) => readFileSync(path.join(root, file), 'utf8'))
  .filter((text) => text.includes('hostile'));

it.each(Object.keys(hostileModes))('the hostile connector is run in its mode %s', (mode) => {
  expect(texts.some((text) => text.includes(`'${mode}'`))).toBe(true);
});
