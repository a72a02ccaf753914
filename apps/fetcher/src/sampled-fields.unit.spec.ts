import { describe, expect, it } from 'vitest';
import { longestField, mostFields, sampledFields } from './sampled-fields.js';

describe('what a check keeps of a step’s details', () => {
  const sample = (details: Record<string, never> | object) =>
    sampledFields({ step: 'sample', ok: true, message: 'x', details: details as Record<string, never> });

  it('is the names of fields', () => {
    expect(sample({ fields: ['id', 'name'] })).toEqual({ fields: ['id', 'name'], moreFields: 0 });
    expect(sample({ attributes: ['cn', 'mail'], withoutId: 3 })).toEqual({ fields: ['cn', 'mail'], moreFields: 0 });
    expect(sample({ fields: ['id', 'attributes'], attributes: ['team'] })).toEqual({
      fields: ['id', 'attributes', 'attributes.team'],
      moreFields: 0,
    });
  });

  it('is nothing else: no value, no number, and nothing of another step', () => {
    expect(sample({ workers: 3, people: [{ name: 'Ada' }], name: 'Ada' })).toEqual({});
    expect(sample({ fields: { name: 'Ada' } })).toEqual({});
    expect(sample({ fields: ['id', 7, { name: 'Ada' }, ['Ada']] })).toEqual({ fields: ['id'], moreFields: 0 });
    expect(sampledFields({ step: 'firstPage', ok: true, message: 'x', details: { fields: ['id'] } })).toEqual({});
    expect(sampledFields({ step: 'sample', ok: true, message: 'x' })).toEqual({});
  });

  it('is bounded in number and length, and says how many more there are', () => {
    const fields = Array.from({ length: mostFields + 7 }, (_, n) => `${String(n)}-${'x'.repeat(longestField)}`);
    const kept = sample({ fields });
    expect(kept.fields).toHaveLength(mostFields);
    expect(kept.moreFields).toBe(7);
    expect(Math.max(...(kept.fields ?? []).map((name) => name.length))).toBe(longestField);
  });
});
