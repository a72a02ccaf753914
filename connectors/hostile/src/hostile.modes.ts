import process from 'node:process';
import {
  type ConnectorContext,
  type FetchBatch,
  type FetchEnd,
  type HttpResponse,
  type RawRecord,
  SourceConfigurationError,
  SourceCredentialsError,
  SourceFatalError,
  SourceRetriableError,
} from '#connector-sdk';

/** What a mode is given, with the address that the settings name. */
type Context = Omit<ConnectorContext, 'config' | 'secrets'> & { readonly address: string };
type Reading = AsyncGenerator<FetchBatch, FetchEnd, void>;

const end: FetchEnd = { extent: 'full', lastPageSeen: true };
const never = new Promise<never>(() => undefined);
/** Stands for what a connector should never say. */
const personal = 'Ada Lovelace';

function record(n: number): RawRecord {
  const document = { id: `H${String(n)}`, name: `Person ${String(n)}`, mail: `h${String(n)}@hostile.example` };
  return { sourceId: document.id, bytes: Buffer.from(JSON.stringify(document)) };
}

function batch(from: number, count: number): FetchBatch {
  return { records: Array.from({ length: count }, (_, n) => record(from + n)), next: null };
}

/** A mode that yields what it should, and in between does something. */
function withPeople(what: (context: Context) => unknown): (context: Context) => Reading {
  return async function* (context) {
    yield batch(0, 2);
    await what(context);
    yield batch(2, 1);
    return end;
  };
}

/** A mode that yields something else. */
function yielding(...junk: unknown[]): (context: Context) => Reading {
  return async function* () {
    yield batch(0, 2);
    for (const one of junk) yield (await Promise.resolve(one)) as FetchBatch;
    return end;
  };
}

/** A mode whose fetch ends with something else. */
function ending(junk: unknown): (context: Context) => Reading {
  return async function* () {
    yield await Promise.resolve(batch(0, 2));
    return junk as FetchEnd;
  };
}

/** Throws what is no error, as a library may. */
function throwing(thrown: unknown): () => never {
  return () => {
    throw thrown;
  };
}

const cyclic: Record<string, unknown> = {};
cyclic['again'] = cyclic;

const what = {
  code: 'asTold',
  message: 'It is as it was told to be.',
  fields: { status: 418, host: 'hr.example', late: true },
};

export const hostileModes = {
  healthy: withPeople(() => undefined),

  waits: withPeople(({ signal }) => new Promise((_, reject) => signal.addEventListener('abort', reject))),

  // Memory and time.
  leaksHeap: withPeople(() => {
    const kept: object[] = [];
    for (;;) kept.push({ kept: Array.from({ length: 1000 }, (_, n) => ({ n })) });
  }),
  leaksBuffers: withPeople(async () => {
    const kept: Buffer[] = [];
    for (;;) {
      kept.push(Buffer.alloc(1024 * 1024, 1));
      await new Promise((resolve) => setImmediate(resolve));
    }
  }),
  spins: withPeople(() => {
    for (;;);
  }),
  neverGoesOn: withPeople(() => never),
  neverGoesOnAndSpeaks: withPeople(async ({ progress }) => {
    for (let records = 0; ; records += 1) {
      progress({ records });
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }),
  async *neverEnds() {
    for (let from = 0; ; from += 500) yield await Promise.resolve(batch(from, 500));
  },

  // Crashes.
  throwsLater: withPeople(async () => {
    setTimeout(throwing(new TypeError(personal)), 1);
    await never;
  }),
  rejectsLater: withPeople(async () => {
    void Promise.reject(new RangeError(personal));
    await never;
  }),
  exits: withPeople(() => process.exit(0)),
  aborts: withPeople(() => process.abort()),
  isKilled: withPeople(() => process.kill(process.pid, 'SIGKILL')),

  // Errors.
  throwsNull: withPeople(throwing(null)),
  throwsText: withPeople(throwing(personal)),
  throwsError: withPeople(throwing(Object.assign(new Error(personal), { name: `${personal}Error` }))),
  isRetriable: withPeople(throwing(new SourceRetriableError(what))),
  lacksCredentials: withPeople(throwing(new SourceCredentialsError(what))),
  isMisconfigured: withPeople(throwing(new SourceConfigurationError(what))),
  isFatal: withPeople(throwing(new SourceFatalError(what))),

  // Junk.
  yieldsText: yielding('people'),
  yieldsNoRecords: yielding({ next: null }),
  yieldsNoObjects: yielding({ records: [1], next: null }),
  yieldsTextBytes: yielding({ records: [{ sourceId: 'H1', bytes: '{}' }], next: null }),
  yieldsNumberIds: yielding({ records: [{ sourceId: 1, bytes: Buffer.from('{}') }], next: null }),
  yieldsTooMany: yielding({ records: Array(200_000).fill(record(1)), next: null }),
  yieldsGiant: yielding({ records: [{ sourceId: 'H9', bytes: Buffer.alloc(20 * 1024 * 1024, ' ') }], next: null }),
  yieldsCyclicCursor: yielding({ records: [], next: cyclic }),
  yieldsBigCursor: yielding({ records: [], next: 'x'.repeat(100_000) }),
  yieldsDateCursor: yielding({ records: [], next: { since: new Date(0) } }),
  yieldsBigIntCursor: yielding({ records: [], next: 10n }),
  yieldsNoCursor: yielding({ records: [] }),
  yieldsOddTotal: yielding({ records: [], next: null, declaredTotal: 'many' }),
  endsWithNothing: ending(undefined),
  endsWithOddState: ending({ ...end, state: () => 1 }),
  endsWithBigState: ending({ ...end, state: 'x'.repeat(2_000_000) }),

  // Words.
  writesOutput: withPeople(async () => {
    for (let n = 0; n < 2_000; n += 1) process.stdout.write(`${personal} ${'x'.repeat(1000)}\n`);
    process.stderr.write(personal);
    await new Promise((resolve) => setImmediate(resolve));
  }),
  logsMuch: withPeople(({ log }) => {
    for (let n = 0; n < 5_000; n += 1) log({ code: 'again', message: 'x'.repeat(10_000), fields: { n } });
  }),

  throwsItsToken: withPeople(async ({ ownSecrets }) => {
    const token = await ownSecrets.read('token');
    throw Object.assign(new Error(`It was refused: ${String(token)}`), { token, code: token });
  }),
  throwsItsTokenLater: withPeople(async ({ ownSecrets }) => {
    const token = await ownSecrets.read('token');
    setTimeout(throwing(new TypeError(`It was refused: ${String(token)}`)), 1);
    await never;
  }),
  writesItsToken: withPeople(async ({ ownSecrets }) => {
    const token = await ownSecrets.read('token');
    process.stdout.write(`${String(token)}\n`);
    process.stderr.write(`${String(token)}\n`);
    await new Promise((resolve) => setImmediate(resolve));
  }),

  // What it has no right to.
  readsFiles: withPeople(async () => {
    const { readFile } = process.getBuiltinModule('node:fs/promises');
    await readFile('/etc/passwd');
  }),
  writesFiles: withPeople(async () => {
    const { writeFile } = process.getBuiltinModule('node:fs/promises');
    await writeFile('/tmp/hostile', '');
  }),
  connectsItself: withPeople(async ({ address }) => {
    const { connect } = process.getBuiltinModule('node:net');
    const { host, port } = at(address);
    await new Promise((_, reject) => connect(port, host).on('error', reject));
  }),
  fetches: withPeople(({ address }) => globalThis.fetch(address)),
  startsProcesses: withPeople(() => process.getBuiltinModule('node:child_process').spawn('true')),
  startsThreads: withPeople(() => new (process.getBuiltinModule('node:worker_threads').Worker)('1', { eval: true })),
  loadsAddons: withPeople(() => process.dlopen({ exports: {} }, '/tmp/hostile.node')),

  // By the channel that brings it connections, in which it has nothing to say.
  writesIntoItsChannel: withPeople(async () => write(channel, `${personal}\n`)),
  writesJsonIntoItsChannel: withPeople(async () => write(channel, 'null\n')),
  confirmsWhatNobodySent: withPeople(async () => write(channel, '{"cmd":"NODE_HANDLE_ACK"}\n')),

  // By the dialler.
  async *greets({ dialler, address }) {
    const socket = await dialler.connect(at(address));
    socket.write('who is there\n');
    let said = '';
    for await (const chunk of socket) said += String(chunk);
    yield { records: [{ sourceId: null, bytes: Buffer.from(said) }], next: null };
    return end;
  },
  dialsEndlessly: withPeople(({ dialler, address }) =>
    Promise.all(Array.from({ length: 1_000 }, async () => dialler.locate(at(address).host))),
  ),
  dialsAndEnds: withPeople(async ({ dialler, address }) => {
    const attempts = Array.from({ length: 100 }, () => dialler.connect(at(address)).catch(() => undefined));
    await Promise.race(attempts);
  }),
  dialsAndIsKilled: withPeople(async ({ dialler, address }) => {
    const first = Array.from({ length: 100 }, async () => dialler.connect(at(address)));
    await Promise.race(first);
    process.kill(process.pid, 'SIGKILL');
  }),
  renewsItsToken: withPeople(async ({ ownSecrets }) => {
    const from = await ownSecrets.read('token');
    await ownSecrets.replace('token', { from: from ?? '', to: 'renewed' });
  }),
  asksForItsToken: withPeople(async ({ ownSecrets, http, address }) => {
    const from = await ownSecrets.read('token');
    const read = ({ body }: HttpResponse): string => Buffer.from(body).toString('utf8');
    const to = await http.request({ url: address, method: 'POST', isUninterrupted: true, read });
    await ownSecrets.replace('token', { from: from ?? '', to });
  }),
} satisfies Record<string, (context: Context) => Reading>;

export type HostileMode = keyof typeof hostileModes;

export function readHostile(mode: HostileMode, context: Context): Reading {
  return hostileModes[mode](context);
}

/** Where Node has its channel in a connector's process. */
const channel = 4;

async function write(descriptor: number, text: string): Promise<never> {
  process.getBuiltinModule('node:fs').writeSync(descriptor, text);
  return never;
}

function at(address: string): { host: string; port: number; tls: boolean } {
  const { hostname, port, protocol } = new URL(address);
  return { host: hostname, port: Number(port), tls: protocol === 'tls:' };
}
