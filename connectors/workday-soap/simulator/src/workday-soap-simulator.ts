import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { faultAnswer, type Results, workersAnswer } from './answers.js';
import { type Asked, readAsked } from './asked.js';
import { type SoapManner, type SoapMannerKind, SoapManners } from './manners.js';
import { madeUpWorker, type SimulatedWorker } from './simulated-worker.js';
import { workerXml } from './worker-xml.js';

export interface WorkdaySoapSimulatorOptions {
  /** So many made-up ones, or these. Default 1,000. */
  readonly people?: number | readonly SimulatedWorker[];
  /** The same seed gives the same company. Default 1. */
  readonly seed?: number;
  /** Ends names, addresses, numbers and the like of everybody, to be told from anything else by. Default: nothing. */
  readonly mark?: string;
  /** Makes workers larger by so many bytes. Default 0. */
  readonly paddingBytes?: number;
  /** Of its user. */
  readonly password?: string;
}

export interface WorkdaySoapSimulator {
  /** What an integration needs to reach it. */
  readonly config: Record<string, unknown>;
  readonly secrets: Record<string, unknown>;
  /** How requests are answered from now on; null: well. */
  behave(manner: SoapManner | SoapMannerKind | null): void;
  /** Changes somebody; `index` as in the beginning. */
  change(index: number, changes: Partial<SimulatedWorker>): void;
  remove(index: number): void;
  worker(index: number): SimulatedWorker;
  /** Every request so far, as it was understood. */
  readonly requests: readonly Asked[];
  stop(): Promise<void>;
}

const PATH = '/ccx/service/acme/Human_Resources/v45.0';

/** Starts a Workday with one tenant, `acme`, and its web service Human_Resources, over HTTP on loopback. */
export async function startWorkdaySoapSimulator(
  options: WorkdaySoapSimulatorOptions = {},
): Promise<WorkdaySoapSimulator> {
  const { people = 1000, seed = 1, mark = '', paddingBytes = 0 } = options;
  const made = (index: number): SimulatedWorker => madeUpWorker(index, { seed, mark, paddingBytes });
  const workers = typeof people === 'number' ? Array.from({ length: people }, (_, index) => made(index)) : [...people];
  const removed = new Set<number>();
  const manners = new SoapManners();
  const requests: Asked[] = [];
  const user = { username: 'ISU_Muster@acme', password: options.password ?? 'workday <password> & more' };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await bodyOf(request);
    if (request.url !== PATH || request.method !== 'POST') {
      response.writeHead(404).end();
      return;
    }
    const asked = readAsked(body);
    requests.push(asked);
    const manner = manners.take(asked.page);
    if (asked.username !== user.username || asked.password !== user.password || manner === 'loginFault') {
      send(response, 500, faultAnswer('Client.authenticationError', 'invalid username or password', null));
      return;
    }
    if (manner !== null && answerOtherwise(response, manner)) return;
    const present = workers.filter(
      (worker, index) =>
        !removed.has(index) &&
        !(asked.excludeInactive && !worker.isActive) &&
        !(asked.excludeContingent && worker.isContingent === true),
    );
    if (asked.person === null) sendPage(response, asked, manner === 'nobody' ? [] : present, manner);
    else sendPerson(response, asked.person, present);
  };

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    config: { serviceUrl: `${url}${PATH}`, username: user.username },
    secrets: { password: user.password },
    behave: (manner) => manners.set(typeof manner === 'string' ? { kind: manner } : manner),
    change: (index, changes) => void (workers[index] = { ...(workers[index] ?? made(index)), ...changes }),
    remove: (index) => void removed.add(index),
    worker: (index) => workers[index] ?? made(index),
    requests,
    stop: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

function sendPerson(
  response: ServerResponse,
  { type, id, skipUnknown }: NonNullable<Asked['person']>,
  present: readonly SimulatedWorker[],
): void {
  const found = present.filter(({ wid, employeeId, isContingent = false }) =>
    type === 'WID' ? wid === id : employeeId === id && (type === 'Contingent_Worker_ID') === isContingent,
  );
  if (found.length === 0 && !skipUnknown) {
    const text = `Validation error occurred. Invalid ID value.  '${id}' is not a valid ID value for type = '${type}'`;
    send(response, 500, faultAnswer('Client.validationError', text, 'Validation'));
    return;
  }
  const results = { page: 1, totalPages: 1, totalResults: found.length, pageResults: found.length };
  send(response, 200, workersAnswer(results, found.map(workerXml)));
}

function sendPage(
  response: ServerResponse,
  { page: asked, count }: Asked,
  present: readonly SimulatedWorker[],
  manner: SoapMannerKind | null,
): void {
  const page = manner === 'samePage' ? Math.max(1, asked - 1) : asked;
  const listed = manner === 'circle' ? roundAndRound(present, page * count) : present;
  const workers = listed.slice((page - 1) * count, page * count).map(workerXml);
  const results: Results = {
    page: manner === 'otherPage' ? asked + 1 : asked,
    totalPages: totalPages(asked, Math.max(1, Math.ceil(present.length / count)), manner),
    totalResults: present.length + (manner === 'growingTotal' ? asked : manner === 'shortTotal' ? -1 : 0),
    pageResults: workers.length,
  };
  const sent = manner === 'emptyPage' ? [] : manner === 'shortPage' ? workers.slice(1) : workers;
  const whole = workersAnswer(manner === 'noResults' ? null : results, sent);
  const half = whole.slice(0, Math.floor(whole.length / 2));
  switch (manner) {
    case 'cut':
      response.writeHead(200, { 'content-type': 'text/xml;charset=UTF-8', 'content-length': Buffer.byteLength(whole) });
      response.write(half, () => response.destroy());
      return;
    case 'cutCleanly':
      send(response, 200, half);
      return;
    case 'malformed':
      send(response, 200, whole.replace('</wd:Worker_Data>', '</wd:Worker_Date>'));
      return;
    case 'entities':
      send(response, 200, whole.replace('?>', '?><!DOCTYPE a [<!ENTITY b "cccc"><!ENTITY d "&b;&b;">]>'));
      return;
    case 'deep':
      send(response, 200, whole.replace('<wd:Worker_Data>', '<wd:Worker_Data>'.repeat(5000)));
      return;
    default:
      send(response, 200, whole);
  }
}

/** At least so many, by beginning anew behind the last. */
function roundAndRound(present: readonly SimulatedWorker[], least: number): readonly SimulatedWorker[] {
  const rounds = present.length === 0 ? 0 : Math.ceil(least / present.length);
  return Array.from({ length: rounds }, () => present).flat();
}

function totalPages(asked: number, pages: number, manner: SoapMannerKind | null): number {
  if (manner === 'circle') return asked + 1;
  return manner === 'lostLastPage' ? pages - 1 : pages;
}

/** True when the manner is an answer of its own, without workers. */
function answerOtherwise(response: ServerResponse, manner: SoapMannerKind): boolean {
  switch (manner) {
    case 'validationFault': {
      const text = 'Validation error occurred. Element Count of Ana García is not valid';
      send(response, 500, faultAnswer('Client.validationError', text, 'Validation'));
      return true;
    }
    case 'processingFault':
      send(
        response,
        500,
        faultAnswer('Server.processingError', 'Processing error occurred for Ana García', 'Processing'),
      );
      return true;
    case 'notAuthorized':
      send(response, 500, faultAnswer('Server.processingError', 'The task submitted is not authorized.', 'Processing'));
      return true;
    case 'error503':
      response.writeHead(503, { 'retry-after': '1' }).end();
      return true;
    case 'html500':
      response.writeHead(500, { 'content-type': 'text/html' }).end('<!DOCTYPE html><html>gateway</html>');
      return true;
    case 'webPage':
      response.writeHead(200, { 'content-type': 'text/html' }).end('<!DOCTYPE html><html><body>Sign in</body></html>');
      return true;
    case 'emptyBody':
      response.writeHead(200).end();
      return true;
    default:
      return false;
  }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function send(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'text/xml;charset=UTF-8' }).end(body);
}
