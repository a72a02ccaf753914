import { describe, expect, it } from 'vitest';
import { DistinctIds } from './distinct-ids.js';

describe('DistinctIds', () => {
  it('counts each id once, however many there are', () => {
    const ids = new DistinctIds();
    for (let round = 0; round < 2; round += 1) {
      for (let id = 0; id < 50_000; id += 1) ids.add(`W-${id}`);
    }
    ids.add('');
    expect(ids.size).toBe(50_001);
  });
});
