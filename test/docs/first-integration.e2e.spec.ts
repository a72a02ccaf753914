import { it } from 'vitest';
import { typeGuide } from './type-guide.js';

it('docs/guides/first-integration.md does what it says, typed into a shell as it stands', async () => {
  await typeGuide('first-integration.md', { leastLines: 9 });
});
