import { it } from 'vitest';
import { typeGuide } from './type-guide.js';

it('docs/guides/writing-a-connector.md does what it says, typed into a shell as it stands', async () => {
  await typeGuide('writing-a-connector.md', { leastLines: 12 });
});
