import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { BerWriter } from 'ldapts';
import { afterEach, describe, expect, it } from 'vitest';
import {
  Dialler,
  EgressPolicy,
  type FetchEnd,
  HttpClient,
  noOwnSecrets,
  type RawRecord,
  type SourceError,
} from '#connector-sdk';
import { BerReader } from './ber.js';
import { ldap } from './ldap.connector.js';

const TAG = { bind: 0x60, search: 0x63, extended: 0x77, unbind: 0x42 } as const;

/** The bytes that a server answers to one request. `turn`: how many searches were there before it; -1 until the first. */
type Answer = (request: { id: number; tag: number; turn: number }, socket: Socket) => Buffer | null;

const open: (Server | Socket)[] = [];

afterEach(() => {
  for (const one of open.splice(0)) {
    if ('destroy' in one) one.destroy();
    else one.close();
  }
});

/** A server that accepts every login and says otherwise what it is told. */
async function listen(answer: Answer): Promise<number> {
  const server = createServer((socket) => {
    open.push(socket);
    let turn = -1;
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      const requests = new BerReader(chunk);
      while (!requests.isAtEnd) {
        const request = new BerReader(requests.next().content);
        const id = request.nextInteger(0x02);
        const { tag } = request.next();
        if (tag === TAG.search) turn += 1;
        const own = answer({ id, tag, turn }, socket);
        const reply = own ?? (tag === TAG.bind ? result(id, 0x61) : null);
        if (reply !== null) socket.write(reply);
      }
    });
  }).listen(0, '127.0.0.1');
  open.push(server);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** The end of an answer; `cookie` undefined: without the paged results control. */
function result(id: number, tag: number, { code = 0, cookie }: { code?: number; cookie?: string } = {}): Buffer {
  const writer = new BerWriter();
  writer.startSequence();
  writer.writeInt(id);
  writer.startSequence(tag);
  writer.writeEnumeration(code);
  writer.writeString('');
  writer.writeString('uid=somebody');
  writer.endSequence();
  if (cookie !== undefined) {
    const value = new BerWriter();
    value.startSequence();
    value.writeInt(0);
    value.writeString(cookie);
    value.endSequence();
    writer.startSequence(0xa0);
    writer.startSequence();
    writer.writeString('1.2.840.113556.1.4.319');
    writer.writeBuffer(value.buffer, 0x04);
    writer.endSequence();
    writer.endSequence();
  }
  writer.endSequence();
  return writer.buffer;
}

function person(id: number, uid: string, attribute = 'uid'): Buffer {
  const writer = new BerWriter();
  writer.startSequence();
  writer.writeInt(id);
  writer.startSequence(0x64);
  writer.writeString(`uid=${uid}`);
  writer.startSequence();
  writer.startSequence();
  writer.writeString(attribute);
  writer.startSequence(0x31);
  writer.writeString(uid);
  for (let depth = 0; depth < 5; depth += 1) writer.endSequence();
  return writer.buffer;
}

interface Fetched {
  ids: (string | null)[];
  end?: FetchEnd;
  error?: SourceError;
}

async function fetchFrom(port: number, config: Record<string, unknown> = {}): Promise<Fetched> {
  const dialler = new Dialler({ policy: new EgressPolicy({ allow: ['127.0.0.0/8'] }) });
  const ids: RawRecord['sourceId'][] = [];
  const batches = ldap.fetch({
    config: ldap.config.parse({
      url: `ldap://127.0.0.1:${port}`,
      startTls: false,
      bindDn: 'cn=muster',
      baseDn: 'dc=acme',
      idAttribute: 'uid',
      ...config,
    }),
    secrets: { password: 'secret' },
    ownSecrets: noOwnSecrets,
    state: null,
    http: new HttpClient({ dialler }),
    dialler,
    signal: new AbortController().signal,
    progress: () => undefined,
    log: () => undefined,
    cursor: null,
    person: null,
  });
  try {
    for (;;) {
      const step = await batches.next();
      if (step.done === true) return { ids, end: step.value };
      ids.push(...step.value.records.map(({ sourceId }) => sourceId));
    }
  } catch (error) {
    return { ids, error: error as SourceError };
  }
}

describe('ldap and a server with ways of its own', () => {
  it('reads on behind a page without anybody, as servers send some while they search long', async () => {
    const port = await listen(({ id, tag, turn }) => {
      if (tag !== TAG.search) return null;
      const done = result(id, 0x65, { cookie: turn < 3 ? 'on' : '' });
      return turn === 1 || turn === 2 ? done : Buffer.concat([person(id, `p${turn}`), done]);
    });
    expect(await fetchFrom(port)).toEqual({ ids: ['p0', 'p3'], end: { extent: 'full', lastPageSeen: true } });
  });

  it('takes nothing for whole that does not say that it is', async () => {
    const port = await listen(({ id, tag }) =>
      tag === TAG.search ? Buffer.concat([person(id, 'p0'), result(id, 0x65)]) : null,
    );
    expect(await fetchFrom(port)).toMatchObject({
      ids: ['p0'],
      end: { lastPageSeen: false, note: expect.stringMatching(/without saying whether more people follow/) },
    });
  });

  it('does not follow pages without anybody for ever', async () => {
    const port = await listen(({ id, tag }) => (tag === TAG.search ? result(id, 0x65, { cookie: 'on' }) : null));
    expect((await fetchFrom(port)).error).toMatchObject({ name: 'SourceFatalError', code: 'pagesWithoutEnd' });
  });

  it('gives up on who never answers', async () => {
    const port = await listen(() => null);
    const { error } = await fetchFrom(port, { requestTimeoutSeconds: 1 });
    expect(error).toMatchObject({ name: 'SourceRetriableError', code: 'timeout' });
  });

  it('says that it is no LDAP server', async () => {
    const port = await listen(() => Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'));
    expect((await fetchFrom(port)).error).toMatchObject({ name: 'SourceFatalError', code: 'malformedAnswer' });
  });

  it('is not kept busy by an entry whose parts are longer than itself', async () => {
    const port = await listen(({ id, tag }) => {
      if (tag !== TAG.search) return null;
      const bytes = Buffer.from(person(id, 'p0'));
      bytes[bytes.length - 3] = 0x7f;
      return bytes;
    });
    expect((await fetchFrom(port)).error).toMatchObject({ name: 'SourceFatalError', code: 'malformedAnswer' });
  });

  it('sends no password when STARTTLS is refused', async () => {
    const asked: number[] = [];
    const port = await listen(({ id, tag }) => {
      asked.push(tag);
      return tag === TAG.extended ? result(id, 0x78, { code: 2 }) : null;
    });
    const { error } = await fetchFrom(port, { startTls: true });
    expect(error).toMatchObject({ name: 'SourceConfigurationError', code: 'startTlsRefused' });
    expect(asked).not.toContain(TAG.bind);
  });

  it('does not take what was put in unencrypted for the word of a server under TLS', async () => {
    for (const put of [Buffer.of(0x30, 0x0c, 0x02), result(2, 0x61)]) {
      const port = await listen(({ id, tag }) =>
        tag === TAG.extended ? Buffer.concat([result(id, 0x78), put]) : null,
      );
      const { error } = await fetchFrom(port, { startTls: true });
      expect(error).toMatchObject({ name: 'SourceFatalError', code: 'malformedAnswer' });
    }
  });

  it('reads nobody from whom it gets only a part', async () => {
    const port = await listen(({ id, tag }) =>
      tag === TAG.search ? Buffer.concat([person(id, 'p0', 'memberOf;range=0-1499'), result(id, 0x65)]) : null,
    );
    expect((await fetchFrom(port)).error).toMatchObject({
      name: 'SourceFatalError',
      code: 'valuesInParts',
      fields: { attribute: 'memberOf' },
    });
  });

  it('says that a server goes down when that says so', async () => {
    const port = await listen(({ tag }) => (tag === TAG.search ? result(0, 0x78, { code: 52 }) : null));
    expect((await fetchFrom(port)).error).toMatchObject({ name: 'SourceRetriableError', code: 'connectionLost' });
  });
});
