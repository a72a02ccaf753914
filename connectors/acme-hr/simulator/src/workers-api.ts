import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { AccessControl } from './access-control.js';
import type { Company } from './company.js';
import type { Counters } from './counters.js';
import { readText, sendBytes, sendJson } from './http-answer.js';
import type { MisbehaviourSwitch } from './misbehaviour.js';
import type { WorkerList } from './worker-list.js';

type Target = 'list' | 'person' | 'token';

/** Of an answer that drips. */
const bytesPerDrop = 16;

/** The HR system's own API: `POST /oauth/token`, `GET /api/v2/workers`, `GET /api/v2/workers/{id}`. */
export class WorkersApi {
  constructor(
    private readonly company: Company,
    private readonly list: WorkerList,
    private readonly access: AccessControl,
    private readonly misbehaviours: MisbehaviourSwitch,
    private readonly counters: () => Counters,
  ) {}

  async handle(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const counters = this.counters();
    response.once('finish', () => {
      counters.byStatus[response.statusCode] = (counters.byStatus[response.statusCode] ?? 0) + 1;
    });
    const isToken = url.pathname === '/oauth/token';
    if (request.method !== (isToken ? 'POST' : 'GET')) {
      counters.writes += 1;
      sendJson(response, 405, { error: 'method_not_allowed' });
      return;
    }
    const person = /^\/api\/v2\/workers\/([^/]+)$/.exec(url.pathname)?.[1];
    const target: Target | null = isToken
      ? 'token'
      : person !== undefined
        ? 'person'
        : url.pathname === '/api/v2/workers'
          ? 'list'
          : null;
    if (target === null) {
      counters.unknown += 1;
      sendJson(response, 404, { error: 'not_found' });
      return;
    }
    counters[target] += 1;
    if (await this.misbehaveFirst(target, response)) {
      return;
    }
    if (target === 'token') {
      await this.sendToken(request, response);
      return;
    }
    const refusal = this.access.refusal(request);
    if (refusal !== null) {
      sendJson(response, refusal === 'signature_mismatch' ? 403 : 401, { error: refusal });
    } else if (target === 'person') {
      this.sendWorker(decodeURIComponent(person ?? ''), response);
    } else {
      this.sendPage(url.searchParams, response);
    }
  }

  /** @returns whether the request has been answered */
  private async misbehaveFirst(target: Target, response: ServerResponse): Promise<boolean> {
    const slow = this.misbehaviours.take('slow', target);
    if (slow) {
      await wait(slow.delayMs ?? 250);
    }
    const limited = this.misbehaviours.take('rateLimit', target);
    if (limited) {
      const seconds = limited.retryAfterSeconds ?? 1;
      const retryAfter = limited.retryAfterAsDate
        ? new Date(Date.now() + seconds * 1000).toUTCString()
        : String(seconds);
      sendBytes(response, 429, [Buffer.from('{"error":"too_many_requests"}')], { 'retry-after': retryAfter });
      return true;
    }
    const broken = this.misbehaviours.take('error500', target);
    if (broken) {
      sendJson(response, broken.status ?? 500, { error: 'internal_error' });
      return true;
    }
    if (this.misbehaviours.take('expireToken', target)) {
      this.access.revokeAll();
    }
    if (this.misbehaviours.take('empty200', target)) {
      sendBytes(response, 200, []);
      return true;
    }
    const redirect = this.misbehaviours.take('redirect', target);
    if (redirect) {
      sendBytes(response, 302, [], { location: redirect.location ?? 'http://10.0.0.1/' });
      return true;
    }
    if (this.misbehaviours.take('gzipBomb', target)) {
      sendBytes(response, 200, [bomb()], { 'content-encoding': 'gzip' });
      return true;
    }
    return false;
  }

  private async sendToken(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const issued = this.access.issue(request.headers.authorization, new URLSearchParams(await readText(request)));
    if ('error' in issued) {
      sendJson(response, issued.error === 'invalid_client' ? 401 : 400, issued);
      return;
    }
    this.counters().tokensIssued += 1;
    const { tokenLifetimeSeconds } = this.access.settings;
    sendJson(response, 200, {
      access_token: issued.token,
      token_type: 'Bearer',
      expires_in: tokenLifetimeSeconds,
      scope: 'workers.read',
    });
  }

  private sendWorker(id: string, response: ServerResponse): void {
    const slot = this.company.find(id);
    if (slot === null) {
      sendJson(response, 404, { error: 'worker_not_found' });
      return;
    }
    this.counters().rowsSent += 1;
    this.sendBody('person', response, [Buffer.from(this.company.text(slot), 'utf8')]);
  }

  private sendPage(query: URLSearchParams, response: ServerResponse): void {
    const limit = Number(query.get('limit') ?? 100);
    const answer =
      Number.isInteger(limit) && limit >= 1 && limit <= 1000 ? this.list.answer(limit, query.get('cursor')) : null;
    if (!answer) {
      sendJson(response, 400, { error: 'invalid_parameter' });
      return;
    }
    this.counters().rowsSent += answer.rows;
    this.sendBody('list', response, answer.parts);
  }

  private sendBody(target: Target, response: ServerResponse, parts: readonly Buffer[]): void {
    const drip = this.misbehaviours.take('drip', target);
    const truncate = this.misbehaviours.take('truncate', target);
    if (drip) void sendInDrops(response, Buffer.concat(parts), drip.delayMs ?? 20);
    else if (truncate) sendCut(response, Buffer.concat(parts), truncate.contentLength ?? 'wrong');
    else sendBytes(response, 200, parts);
  }
}

function sendCut(response: ServerResponse, whole: Buffer, contentLength: 'correct' | 'wrong'): void {
  const cut = whole.subarray(0, Math.floor(whole.length * 0.6));
  if (contentLength === 'correct') {
    sendBytes(response, 200, [cut]);
    return;
  }
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': String(whole.length) });
  response.write(cut, () => response.destroy());
}

async function sendInDrops(response: ServerResponse, whole: Buffer, delayMs: number): Promise<void> {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': String(whole.length) });
  for (let at = 0; at < whole.length && !response.destroyed; at += bytesPerDrop) {
    response.write(whole.subarray(at, at + bytesPerDrop));
    await wait(delayMs);
  }
  response.end();
}

let packed: Buffer | undefined;

/** Blanks, which a parser of JSON reads on over: made once, when first sent. */
function bomb(): Buffer {
  return (packed ??= gzipSync(Buffer.alloc(96 * 1024 * 1024, ' '), { level: 1 }));
}
