import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Access } from './access.js';
import type { Manner, MannerKind } from './manners.js';
import { Manners } from './manners.js';
import { employeeId, reportEntry } from './report-entry.js';
import { streamReport } from './report-stream.js';

export interface WorkdaySimulatorOptions {
  /** Default 1,000. */
  readonly people?: number;
  /** The same seed gives the same company. Default 1. */
  readonly seed?: number;
  /** Default 0: any free port. */
  readonly port?: number;
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Makes entries larger by so many bytes. Default 0. */
  readonly paddingBytes?: number;
  /** Ends names, addresses, numbers and the like of everybody, to be told from anything else by. Default: nothing. */
  readonly mark?: string;
  /** JSON texts of all entries, instead of a made-up company. */
  readonly entries?: readonly string[];
  /** Each refresh token is good for one use. Default false. */
  readonly isRotating?: boolean;
  /** Of its user, and of its client. */
  readonly password?: string;
  readonly clientSecret?: string;
}

/** What was asked for so far. */
export interface WorkdayCounters {
  /** Requests for the report of everybody, and of one person. */
  reports: number;
  people: number;
  tokens: number;
  /** Path and query of the last report, as it arrived. */
  lastUrl: string;
}

export interface WorkdaySimulator {
  /** `http://host:port` */
  readonly url: string;
  /** What an integration needs to reach it, by either way of signing in. */
  readonly asUser: { config: Record<string, unknown>; secrets: Record<string, unknown> };
  readonly withRefreshToken: { config: Record<string, unknown>; secrets: Record<string, unknown> };
  /** How reports are answered from now on; null: well. */
  behave(manner: Manner | MannerKind | null): void;
  /** Changes what the entry of a person says. Keys that are undefined go. */
  patch(id: string, changes: Record<string, unknown>): void;
  remove(id: string): void;
  entry(index: number): Record<string, unknown>;
  id(index: number): string;
  revokeTokens(): void;
  /** The refresh token that is good now, and how many were refused. */
  readonly refreshToken: string;
  readonly refusedTokens: number;
  counters(): WorkdayCounters;
  /** Resolves when the next report is asked for. */
  nextReport(): Promise<void>;
  stop(): Promise<void>;
}

const REPORT = '/ccx/service/customreport2/acme/lmcneil/Muster_Workers';
const PERSON_REPORT = '/ccx/service/customreport2/acme/lmcneil/Muster_Worker';
const TOKENS = '/ccx/oauth2/acme/token';

/** Starts a Workday with one tenant, `acme`, and its reports of a made-up company of any size. */
export async function startWorkdaySimulator(options: WorkdaySimulatorOptions = {}): Promise<WorkdaySimulator> {
  const { entries, people = entries?.length ?? 1000, seed = 1, port = 0, host = '127.0.0.1' } = options;
  const { paddingBytes = 0, mark = '' } = options;
  const users = { username: 'ISU_Muster@acme', password: options.password ?? 'workday-password' };
  const clients = { clientId: 'muster-client', clientSecret: options.clientSecret ?? 'workday-client-secret' };
  const access = new Access({ ...users, ...clients, isRotating: options.isRotating ?? false });
  const manners = new Manners();
  const patches = new Map<number, Record<string, unknown>>();
  const removed = new Set<number>();
  const counters: WorkdayCounters = { reports: 0, people: 0, tokens: 0, lastUrl: '' };
  const asked: (() => void)[] = [];
  const shape = { seed, mark, paddingBytes };
  const indexOf = (id: string): number => Number(/^E(\d{7})/.exec(id)?.[1] ?? -1);
  const entry = (index: number) => ({ ...reportEntry(index, shape), ...patches.get(index) });
  const textAt = (index: number) => entries?.[index] ?? JSON.stringify(entry(index));
  const present = () => Array.from({ length: people }, (_, index) => index).filter((index) => !removed.has(index));

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://simulator');
    if (url.pathname === TOKENS && request.method === 'POST') {
      counters.tokens += 1;
      const { status, body } = access.issue(request.headers.authorization, new URLSearchParams(await textOf(request)));
      sendJson(response, status, body);
      return;
    }
    if (url.pathname !== REPORT && url.pathname !== PERSON_REPORT) {
      sendJson(response, 404, { error: 'not found' });
      return;
    }
    const id = url.pathname === PERSON_REPORT ? url.searchParams.get('Employee_ID') : null;
    counters[id === null ? 'reports' : 'people'] += 1;
    counters.lastUrl = request.url ?? '';
    if (!access.mayRead(request)) {
      sendJson(response, 401, { error: 'invalid username or password' });
      return;
    }
    for (const tell of asked.splice(0)) tell();
    if (url.searchParams.get('format') !== 'json') {
      response.writeHead(200, { 'content-type': 'text/xml' }).end('<?xml version="1.0"?><wd:Report_Data/>');
      return;
    }
    const manner = manners.take();
    if (manner !== null && answerOtherwise(response, manner)) return;
    if (id !== null) {
      const index = indexOf(id);
      const isKnown = index >= 0 && index < people && !removed.has(index) && employeeId(index, mark) === id;
      sendText(response, 200, isKnown ? `{"Report_Entry":[${textAt(index)}]}` : '{}');
      return;
    }
    const order = present();
    if (order.length === 0) sendJson(response, 200, {});
    else await streamReport(response, { count: order.length, text: (at) => textAt(order[at] ?? 0) }, manner);
  };

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const url = `http://${host}:${(server.address() as AddressInfo).port}`;
  const reports = { reportUrl: `${url}${REPORT}`, personReportUrl: `${url}${PERSON_REPORT}?Employee_ID={id}` };
  return {
    url,
    asUser: { config: { ...reports, username: users.username }, secrets: { password: users.password } },
    withRefreshToken: {
      config: { ...reports, signIn: 'refreshToken', clientId: clients.clientId },
      secrets: { clientSecret: clients.clientSecret, refreshToken: access.refreshToken },
    },
    behave: (manner) => manners.set(typeof manner === 'string' ? { kind: manner } : manner),
    patch: (id, changes) => void patches.set(indexOf(id), { ...patches.get(indexOf(id)), ...changes }),
    remove: (id) => void removed.add(indexOf(id)),
    entry,
    id: (index) => employeeId(index, mark),
    revokeTokens: () => access.revoke(),
    get refreshToken() {
      return access.refreshToken;
    },
    get refusedTokens() {
      return access.refused;
    },
    counters: () => ({ ...counters }),
    nextReport: async () => new Promise<void>((resolve) => void asked.push(resolve)),
    stop: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** True when the manner is an answer of its own, without a report. */
function answerOtherwise(response: ServerResponse, { kind }: Manner): boolean {
  switch (kind) {
    case 'unauthorized':
      sendJson(response, 401, { error: 'invalid session' });
      return true;
    case 'forbidden':
      sendJson(response, 403, { error: 'permission denied' });
      return true;
    case 'error500':
      sendJson(response, 500, { error: 'processing error occurred' });
      return true;
    case 'emptyObject':
      sendJson(response, 200, {});
      return true;
    case 'emptyList':
      sendJson(response, 200, { Report_Entry: [] });
      return true;
    case 'emptyBody':
      response.writeHead(200).end();
      return true;
    case 'webPage':
      response
        .writeHead(200, { 'content-type': 'text/html' })
        .end('\n<!DOCTYPE html><html><body>Sign in</body></html>');
      return true;
    case 'otherObject':
      sendJson(response, 200, { error: 'The task submitted is not available' });
      return true;
    case 'silent':
      return true;
    default:
      return false;
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  sendText(response, status, JSON.stringify(value));
}

function sendText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'application/json;charset=utf-8' }).end(text);
}
