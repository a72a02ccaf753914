import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AccessControl } from './access-control.js';
import { Company } from './company.js';
import { handleControl } from './control-api.js';
import { noCounts } from './counters.js';
import { sendJson } from './http-answer.js';
import { MisbehaviourSwitch } from './misbehaviour.js';
import { Mutations } from './mutations.js';
import type { AcmeSimulatorControls } from './simulator-controls.js';
import { WorkerList } from './worker-list.js';
import { WorkersApi } from './workers-api.js';

export interface AcmeSimulatorOptions {
  /** Default 1,000. */
  readonly people?: number;
  /** The same seed gives the same company. Default 1. */
  readonly seed?: number;
  /** Default 0: any free port. */
  readonly port?: number;
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Shares of all people, 0 to 1. */
  readonly terminatedShare?: number;
  readonly contingentShare?: number;
  readonly oddShare?: number;
  readonly restrictedShare?: number;
  /** `YYYY-MM-DD`; the generated past ends here. Default 2025-06-01. */
  readonly asOf?: string;
  /** Ends names, addresses, numbers and the like of everybody, to be told from anything else by. Default: nothing. */
  readonly mark?: string;
  readonly clientId?: string;
  readonly clientSecret?: string;
  readonly signingKey?: string;
  readonly tokenLifetimeSeconds?: number;
}

export interface AcmeSimulator extends AcmeSimulatorControls {
  /** `http://host:port` */
  readonly url: string;
  /** What an integration needs to reach it. */
  readonly config: { readonly baseUrl: string; readonly clientId: string };
  readonly secrets: { readonly clientSecret: string; readonly signingKey: string };
  stop(): Promise<void>;
}

/** Starts Acme's HR system with a made-up company of any size. */
export async function startAcmeSimulator(options: AcmeSimulatorOptions = {}): Promise<AcmeSimulator> {
  const { people = 1000, seed = 1, port = 0, host = '127.0.0.1', asOf = '2025-06-01', mark = '' } = options;
  const { terminatedShare = 0.12, contingentShare = 0.08, oddShare = 0.003, restrictedShare = 0.01 } = options;
  const {
    clientId = 'muster',
    clientSecret = 'acme-client-secret',
    signingKey = 'acme-signing-key',
    tokenLifetimeSeconds = 3600,
  } = options;

  const shape = { seed, terminatedShare, contingentShare, oddShare, restrictedShare, asOf, mark };
  const company = new Company(shape, people);
  const misbehaviours = new MisbehaviourSwitch();
  const mutations = new Mutations(company);
  let counters = noCounts();
  const access = new AccessControl({ clientId, clientSecret, signingKey, tokenLifetimeSeconds });
  const api = new WorkersApi(company, new WorkerList(company, misbehaviours), access, misbehaviours, () => counters);
  const controls: AcmeSimulatorControls = {
    hire: (count) => mutations.hire(count),
    terminate: (who, date) => mutations.terminate(who, date),
    remove: (who) => mutations.remove(who),
    rename: (who, family) => mutations.rename(who, family),
    move: (who) => mutations.move(who),
    changeEmail: (who) => mutations.changeEmail(who),
    passEmail: (leaver) => mutations.passEmail(leaver),
    swapEmails: (pair) => mutations.swapEmails(pair),
    circleEmails: (three) => mutations.circleEmails(three),
    patch: (id, patch) => mutations.patch(id, patch),
    addRaw: (record, knownAs) => mutations.addRaw(record, knownAs),
    restore: (ids) => mutations.restore(ids),
    worker: (id) => company.document(id),
    misbehave: (misbehaviour) =>
      misbehaviours.set(typeof misbehaviour === 'string' ? { kind: misbehaviour } : misbehaviour),
    behave: (kind) => misbehaviours.clear(kind),
    state: () => ({ people, total: company.count, seed, misbehaviours: misbehaviours.list() }),
    fingerprint: () => company.fingerprint(),
    oddities: () => company.oddities(),
    counters: () => structuredClone(counters),
    resetCounters: () => {
      counters = noCounts();
    },
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://simulator');
    await (url.pathname.startsWith('/_sim/')
      ? handleControl(controls, request, response, url)
      : api.handle(request, response, url));
  };
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      console.error(error);
      if (!response.headersSent) {
        sendJson(response, 500, { error: 'simulator_failed' });
      }
    });
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const url = `http://${host}:${(server.address() as AddressInfo).port}`;
  return {
    ...controls,
    url,
    config: { baseUrl: url, clientId },
    secrets: { clientSecret, signingKey },
    stop: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}
