import { describe, expect, it } from 'vitest';
import { canonicalRequest, hmacSignature } from './hmac-signature.js';

const request = {
  method: 'get',
  url: new URL('https://hr.acme.example/api/v2/workers?limit=500&cursor=a%2Bb#top'),
  date: 'Sun, 06 Nov 1994 08:49:37 GMT',
};

describe('hmacSignature', () => {
  it('signs method, path with query, and date', () => {
    expect(canonicalRequest(request)).toBe(
      'GET\n/api/v2/workers?limit=500&cursor=a%2Bb\nSun, 06 Nov 1994 08:49:37 GMT',
    );
  });

  it('leaves out the question mark where there is no query', () => {
    expect(canonicalRequest({ ...request, url: new URL('https://hr.acme.example/a') })).toBe(
      'GET\n/a\nSun, 06 Nov 1994 08:49:37 GMT',
    );
  });

  it('gives what OpenSSL gives for the same key and text', () => {
    expect(hmacSignature(request, { key: 'k' })).toBe('1xH41mNSnInLdpAI6Pe0CLn/zAuE0gOJ5q5VRfCcT2I=');
    expect(hmacSignature(request, { key: 'k', algorithm: 'sha512', encoding: 'hex' })).toBe(
      '980314849149abe399f569b5257a6c86ec3912aea76935e4fcaeff4a0b17cf114cf51a2a3410945316ed691c2246b5c34d17a5958c0cc1c04a6e7e156ae03d79',
    );
  });
});
