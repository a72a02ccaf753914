import { describe, expect, it } from 'vitest';
import { RetriableError } from '#core';
import { errorFields } from './error-fields.js';

describe('errorFields', () => {
  it('tells code, words and cause of our own errors', () => {
    const cause = Object.assign(new Error('secret of the driver'), { code: 'EIO' });
    const error = new RetriableError('storeUnavailable', 'the store does not answer', {}, { cause });
    expect(errorFields(error)).toMatchObject({
      error: 'RetriableError',
      code: 'storeUnavailable',
      reason: 'the store does not answer',
      causeCode: 'EIO',
    });
    expect(JSON.stringify(errorFields(error))).not.toContain('secret');
  });

  it('never repeats the words of anything else, which may quote what was read', () => {
    let error: unknown;
    try {
      JSON.parse('{"name": Jane Doe}');
    } catch (caught) {
      error = caught;
    }
    expect(errorFields(error)).toMatchObject({ error: 'SyntaxError', at: expect.stringContaining('error-fields') });
    expect(JSON.stringify(errorFields(error))).not.toContain('Jane');
  });
});
