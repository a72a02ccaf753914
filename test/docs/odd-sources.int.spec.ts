import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { ChildRunner } from '#connector-runner';
import { Dialler, EgressPolicy, noOwnSecrets } from '#connector-sdk';
import { type AnswerRequest, simulateSource } from '#connector-sdk/testing';
import { Metrics, SilentLogger } from '#telemetry';
import { hostile } from '../../connectors/hostile/src/index.js';

const page = readFileSync(join(import.meta.dirname, '../../docs/guides/odd-sources.md'), 'utf8');
const samples = [...page.matchAll(/^```ts\n(.*?)^```/gms)].map(([, block = '']) => block);

const closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** A sample's `fetch` as a connector outside Muster, run as the fetcher does: what it read, and how it ended. */
async function run(sample: string, answer: AnswerRequest, secrets: Record<string, string>) {
  const source = await simulateSource(answer);
  closing.push(async () => source.stop());
  const directory = mkdtempSync(join(tmpdir(), 'muster-odd-source-'));
  closing.push(() => rmSync(directory, { recursive: true }));
  const path = join(directory, 'odd.ts');
  writeFileSync(
    path,
    `${sample}
import { defineConnector, z } from 'muster/connector-sdk';
export default defineConnector({
  id: 'odd', title: 'Odd', description: 'For tests.',
  capabilities: { full: true, person: false, delta: false, resume: true, wholeness: 'endMarker' },
  config: z.looseObject({}), secrets: z.looseObject({}),
  decoder: 'json', sourceIdExpression: 'id', defaultMapping: { attributes: { email: 'mail' } },
  async *check() {}, fetch,
});`,
  );
  const runner = new ChildRunner({ logger: new SilentLogger(), metrics: new Metrics() });
  closing.push(async () => runner.onModuleDestroy());
  const call = runner.open({
    // The parent needs no more of it than its id.
    connector: hostile,
    moduleUrl: pathToFileURL(path).href,
    config: { baseUrl: source.url, username: 'muster' },
    secrets,
    ownSecrets: noOwnSecrets,
    state: null,
    dialler: new Dialler({ policy: new EgressPolicy({ allow: ['127.0.0.0/8'] }) }),
    signal: new AbortController().signal,
    log: () => undefined,
  });
  const ids: (string | null)[] = [];
  const parts = call.fetch({ cursor: null, person: null });
  try {
    for (;;) {
      const step = await parts.next();
      if (step.done === true) return { ids, end: step.value };
      ids.push(...step.value.records.map(({ sourceId }) => sourceId));
    }
  } finally {
    await call.close();
  }
}

const whole = { extent: 'full', lastPageSeen: true };

describe('docs/guides/odd-sources.md, run in a process of its own,', () => {
  it('signs in by a private key and follows links', async () => {
    const pem = { type: 'pkcs8', format: 'pem' } as const;
    const privateKey = String(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export(pem));
    const answer: AnswerRequest = ({ url, headers, body }) => {
      if (url.pathname === '/token') {
        const isSigned = new URLSearchParams(body).get('client_assertion')?.split('.').length === 3;
        return { status: isSigned ? 200 : 400, body: '{"access_token":"t"}' };
      }
      if (headers['authorization'] !== 'Bearer t') return { status: 401, body: '' };
      if (url.searchParams.has('page')) return { body: '[{"id":"c"}]' };
      return { body: '[{"id":"a"},{"id":"b"}]', headers: { link: '</people?page=2>; rel="next"' } };
    };
    expect(await run(samples[0] ?? '', answer, { privateKey })).toEqual({ ids: ['a', 'b', 'c'], end: whole });
    const lost = run(samples[0] ?? '', answer, { privateKey: privateKey.slice(0, 90) });
    await expect(lost).rejects.toMatchObject({ name: 'SourceConfigurationError', code: 'privateKeyUnusable' });
  });

  it('sends a key in the query and reads by offset', async () => {
    const people = ['a', 'b', 'c'].map((id) => ({ id }));
    const answer: AnswerRequest = ({ url: { searchParams } }) => {
      if (searchParams.get('api_key') !== 'k&1') return { status: 401, body: '' };
      const at = Number(searchParams.get('offset'));
      return { body: JSON.stringify({ data: { result: { items: people.slice(at, at + 2), total: 3 } } }) };
    };
    expect(await run(samples[1] ?? '', answer, { apiKey: 'k&1' })).toEqual({ ids: ['a', 'b', 'c'], end: whole });
  });

  it('reads lines', async () => {
    const answer = (body: string): AnswerRequest => {
      const expected = `Basic ${Buffer.from('muster:p:w').toString('base64')}`;
      return ({ headers }) => (headers['authorization'] === expected ? { body } : { status: 401, body: '' });
    };
    const secrets = { password: 'p:w' };
    const lines = '{"id":"a"}\r\n{"id":"b"}\n';
    expect(await run(samples[2] ?? '', answer(lines), secrets)).toEqual({ ids: ['a', 'b'], end: whole });
    await expect(run(samples[2] ?? '', answer(lines.trimEnd()), secrets)).rejects.toThrow(
      /Line 2 ends without a newline/,
    );
  });
});
