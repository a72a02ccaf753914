import { describe, expect, it } from 'vitest';
import { Scrubber } from './scrubber.js';

function reply(path: string, body: unknown, headers: Record<string, string> = {}) {
  return { request: { method: 'GET', path }, reply: { status: 200, headers, body: JSON.stringify(body) } };
}

describe('a reply that becomes a fixture', () => {
  it('has no secret, token, cookie or address left in it', () => {
    const scrubber = new Scrubber(['hunter2/"x']);
    const { request, reply: scrubbed } = scrubber.scrub(
      reply(
        '/people?api_key=hunter2%2F%22x&by=ann%40acme.example',
        {
          access_token: 'abc.def',
          note: 'hunter2/"x',
          jwt: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln',
          mail: 'Ann.O’Neill@acme.example',
        },
        { 'set-cookie': 'sid=1', authorization: 'Bearer x', 'content-type': 'application/json' },
      ),
    );
    const text = JSON.stringify({ request, scrubbed });
    for (const word of ['hunter2', 'abc.def', 'eyJ', 'acme.example', 'sid=1', 'Bearer'])
      expect(text).not.toContain(word);
    expect(scrubbed.headers).toEqual({ 'content-type': 'application/json' });
    expect(JSON.parse(scrubbed.body)).toMatchObject({ note: 'scrubbed-secret-1' });
  });

  it('still leads from page to page, and keeps the rest as it came', () => {
    const scrubber = new Scrubber([]);
    const first = scrubber.scrub(reply('/people', { nextPageToken: 'a+b/c=', id: 42 }));
    const second = scrubber.scrub(reply('/people?pageToken=a%2Bb%2Fc%3D', { nextPageToken: null }));
    const { nextPageToken, id } = JSON.parse(first.reply.body) as { nextPageToken: string; id: number };
    expect(new URL(second.request.path, 'http://x').searchParams.get('pageToken')).toBe(nextPageToken);
    expect(nextPageToken).not.toBe('a+b/c=');
    expect(id).toBe(42);
    const digits = { request: first.request, reply: { ...first.reply, body: '{"n":9007199254740993, "f":1.0}' } };
    expect(scrubber.scrub(digits).reply.body).toBe(digits.reply.body);
  });
});
