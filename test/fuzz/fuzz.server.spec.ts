import { expect, it } from 'vitest';
import { fuzz } from './fuzz.js';

// A thousandfold of requests, most of them wrong: `npm run fuzz` has more.
it(
  'every route keeps to the OpenAPI document whatever is sent, with and without a key',
  { timeout: 900_000 },
  async () => {
    expect(await fuzz({ seeds: ['1'], examples: 1 })).toBe(true);
  },
);
