import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerWithFault, sendAnswer } from './answer-with-fault.js';
import type { HttpFault, HttpFaultKind } from './http-fault.js';

export interface SimulatedRequest {
  readonly method: string;
  /** Path and query as they came; the host says nothing. */
  readonly url: URL;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface SimulatedAnswer {
  /** Default 200. */
  readonly status?: number;
  /** Default: JSON. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** What a source that is well answers. */
export type AnswerRequest = (request: SimulatedRequest) => SimulatedAnswer | Promise<SimulatedAnswer>;

/** A small HTTP server on this machine, with faults to switch on. */
export interface SimulatedSource {
  /** `http://127.0.0.1:port` */
  readonly url: string;
  /** From now on; one fault at a time. */
  misbehave(fault: HttpFault | HttpFaultKind): void;
  behave(): void;
  /** Requests that a fault could have touched, so far. */
  readonly requests: number;
  /** May be called again. */
  stop(): Promise<void>;
}

export interface SimulateSourceOptions {
  /** Which requests faults touch. Default: each `GET`, so that a token endpoint stays well. */
  readonly touches?: (request: SimulatedRequest) => boolean;
}

/** Starts a source that answers as told, and fails as told. A throwing `answer` is answered 500. */
export async function simulateSource(
  answer: AnswerRequest,
  { touches = ({ method }) => method === 'GET' }: SimulateSourceOptions = {},
): Promise<SimulatedSource> {
  let fault: HttpFault | null = null;
  let [skip, left, requests] = [0, 0, 0];
  let firstToken: string | undefined;

  /** The fault that this request meets; counts it. */
  const take = (request: SimulatedRequest): HttpFault | null => {
    if (!touches(request)) return null;
    requests += 1;
    firstToken ??= request.headers['authorization'];
    if (fault === null || left === 0) return null;
    if (skip > 0) {
      skip -= 1;
      return null;
    }
    if (fault.kind === 'expiredToken' && request.headers['authorization'] !== firstToken) return null;
    left -= 1;
    return fault;
  };

  const handle = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const request = await readRequest(incoming);
    const met = take(request);
    if (met === null) sendAnswer(response, await answer(request));
    else await answerWithFault(response, met, async () => answer(request));
  };
  const server = createServer((incoming, response) => {
    handle(incoming, response).catch(() => {
      if (response.headersSent) response.destroy();
      else sendAnswer(response, { status: 500, body: '{"error":"The simulator failed."}' });
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    misbehave: (given) => {
      fault = typeof given === 'string' ? { kind: given } : given;
      [skip, left, firstToken] = [fault.after ?? 0, fault.times ?? Infinity, undefined];
    },
    behave: () => {
      fault = null;
    },
    get requests() {
      return requests;
    },
    stop: async () => {
      if (!server.listening) return;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function readRequest(incoming: IncomingMessage): Promise<SimulatedRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : `${value}`,
    ]),
  );
  return {
    method: incoming.method ?? 'GET',
    url: new URL(incoming.url ?? '/', 'http://source'),
    headers,
    body: Buffer.concat(chunks).toString('utf8'),
  };
}
