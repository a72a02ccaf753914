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

  it('takes no line of a message for a place', () => {
    const said = errorFields(new TypeError('cannot read\n    at home of Jane Doe'));
    expect(said).toMatchObject({ error: 'TypeError', at: expect.stringContaining('error-fields') });
    expect(JSON.stringify(said)).not.toContain('Jane');
  });

  it('gives no place when it cannot tell the message from the stack', () => {
    const error = new Error('\n    at home of Jane Doe');
    expect(error.stack).toContain('Jane');
    error.message = 'another';
    expect(errorFields(error)).toMatchObject({ error: 'Error', at: undefined });
  });

  it.each(['ECONNREFUSED', 'E2BIG', 'UND_ERR_SOCKET', 'ERR_HTTP2_STREAM_ERROR', 'addressNotAllowed'])(
    'tells the code %s',
    (code) => {
      const error = Object.assign(new Error('x'), { code });
      expect(errorFields(new Error('y', { cause: error }))).toMatchObject({ causeCode: code });
      expect(errorFields(error)).toMatchObject({ code });
    },
  );

  it.each(['mus_a8f0c2', 'a8f0c2d1e5b7', 'A8F0C2D1E5B7', 'Bearer abc', 'eyJhbGciOi.x.y', `E${'A'.repeat(30)}`])(
    'takes no token for a code: %s',
    (code) => {
      const error = Object.assign(new Error('x'), { code });
      expect(JSON.stringify(errorFields(new Error('y', { cause: error })))).not.toContain(code);
      expect(JSON.stringify(errorFields(error))).not.toContain(code);
    },
  );
});
