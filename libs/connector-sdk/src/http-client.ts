import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as sleepFor } from 'node:timers/promises';
import { Agent, request as send } from 'undici';
import type { buildConnector, Dispatcher } from 'undici';
import { backoffDelayMs, DEFAULT_BACKOFF } from './backoff.js';
import type { BackoffPolicy } from './backoff.js';
import { BadResponseError } from './bad-response.errors.js';
import { contentCodings } from './decode-body.js';
import { Dialler } from './egress/dialler.js';
import type { HttpFailure } from './http-failure.js';
import { refusal, transportFailure } from './http-failure.js';
import type { HttpRequest, HttpRequestBasics, HttpResponse } from './http-request.js';
import type { HttpStats, RetryCause } from './http-stats.js';
import type { HttpStream, HttpStreamRequest } from './http-stream.js';
import { streamBody } from './http-stream.js';
import { readBody } from './read-body.js';
import type { RequestBudget } from './request-budget.js';
import { RequestGate } from './request-gate.js';
import { retryAfterMs } from './retry-after.js';
import { SourceFatalError, SourceRetriableError } from './source.errors.js';
import { withQuery } from './url-query.js';

export interface HttpClientOptions {
  /** Makes every connection. Default: one that connects to public addresses only. */
  readonly dialler?: Dialler;
  /** Ends every request and every wait; what is thrown then is its reason. */
  readonly signal?: AbortSignal;
  readonly userAgent?: string;
  readonly backoff?: Partial<BackoffPolicy>;
  /** Is asked before each attempt, whose time-out begins afterwards. Default: none. */
  readonly budget?: RequestBudget;
  /** For one attempt, from the connection to the last byte: a source that drips is ended by it too. Default 30 s. */
  readonly timeoutMs?: number;
  /** Of what a response decodes to. Default 64 MiB. */
  readonly maxResponseBytes?: number;
  /** Waits between attempts; tests give one that returns at once. */
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
  /** In [0, 1); spreads the waits. */
  readonly random?: () => number;
  readonly now?: () => number;
}

const maxConnections = 8;
/** A request that goes out later than this after it was taken from the budget takes another one. */
const promptMs = 250;

/**
 * The HTTP that connectors speak. Repeats what a second try can mend (429, 408, 5xx, network, time-out, a body cut short, a
 * `BadResponseError`), honours `Retry-After`, and turns the rest into a `SourceError` whose class says what happens next.
 * Redirects are not followed: an address that redirects is a wrong setting, and following it would send credentials elsewhere.
 */
export class HttpClient {
  readonly stats: HttpStats = {
    requests: 0,
    retries: 0,
    retriesByCause: {},
    retriesByStatus: {},
    byStatus: {},
    waitedMs: 0,
    bytesReceived: 0,
  };
  private readonly agent = new Agent({
    connections: maxConnections,
    keepAliveTimeout: 30_000,
    allowH2: false,
    connect: (target, answer) => this.connect(target, answer),
  });
  private readonly dialler: Dialler;
  private readonly backoff: BackoffPolicy;
  private readonly signal: AbortSignal;
  private readonly closing = new AbortController();
  /** For requests of the budget: one that waits for a connection would arrive when another one's time has come. */
  private readonly gate = new RequestGate(maxConnections);
  /** Set within what asks for an authorization, whose request has a place already. */
  private readonly authorizing = new AsyncLocalStorage<true>();

  constructor(private readonly options: HttpClientOptions = {}) {
    this.dialler = options.dialler ?? new Dialler();
    this.backoff = { ...DEFAULT_BACKOFF, ...options.backoff };
    this.signal = options.signal ?? new AbortController().signal;
  }

  /**
   * @throws SourceRetriableError when every attempt met an outage; SourceFatalError when the source answered with
   *   something useless; SourceCredentialsError on 401 (after one renewal) and 403; SourceConfigurationError on
   *   redirects, 404, and hosts that are unknown, not allowed or not trusted; the signal's reason when aborted
   */
  async request<T>(request: HttpRequest<T>): Promise<T> {
    return this.repeat(request, async (url, signal, outgoing) => this.attempt(request, url, { signal, outgoing }));
  }

  /**
   * Asks for an answer too large to hold: resolves when its body begins, for the caller to read. Until then all is as with
   * `request`; of a body that has begun nothing is repeated.
   *
   * @throws as `request`; reading the body throws what `HttpStream` says
   */
  async stream(request: HttpStreamRequest): Promise<HttpStream> {
    // The limit and the reader are for an answer that is no success.
    const refused = { ...request, maxResponseBytes: 1024 * 1024, read: neverRead };
    return this.repeat(request, async (url, signal, outgoing) =>
      this.attempt<HttpStream>(refused, url, { signal, outgoing }, (answer) => {
        const headers = flatten(answer.headers);
        const contentEncoding = headers['content-encoding'];
        const body = streamBody(answer.body, request, { url, signal, stats: this.stats, contentEncoding });
        return { status: answer.statusCode, headers, body };
      }),
    );
  }

  private async repeat<T>(request: HttpRequestBasics, send: SendAttempt<T>): Promise<T> {
    const url = new URL(request.url);
    const signal = request.signal ? AbortSignal.any([this.signal, request.signal]) : this.signal;
    let renewed = false;
    for (let attempt = 1; ;) {
      signal.throwIfAborted();
      const outcome = await this.sendInTurn(request, url, { signal, send });
      if ('result' in outcome) {
        return outcome.result;
      }
      const { cause, status, error, waitMs, restStatus } = outcome.failure;
      const { authorization, renewOn = [401] } = request;
      if (authorization?.renew && !renewed && renewOn.some((status) => cause === `${status}`)) {
        renewed = true;
        authorization.renew();
        this.countRetry(cause, status);
        continue;
      }
      if (waitMs === undefined) throw error;
      const ms = Math.max(waitMs, backoffDelayMs(this.backoff, attempt, (this.options.random ?? Math.random)()));
      if (restStatus !== undefined) this.options.budget?.rest({ status: restStatus, ms });
      if (attempt >= this.backoff.maxAttempts) throw error;
      await this.wait(ms, signal);
      this.countRetry(cause, status);
      attempt += 1;
    }
  }

  /** One attempt, when the source's budget lets it through. */
  private async sendInTurn<T>(
    request: HttpRequestBasics,
    url: URL,
    { signal, send }: { signal: AbortSignal; send: SendAttempt<T> },
  ): Promise<AttemptEnd<T>> {
    const sent = request.isUninterrupted === true ? NEVER : signal;
    if (this.options.budget === undefined || this.authorizing.getStore() === true) {
      return send(url, sent, await this.prepare(request, url, signal));
    }
    await this.gate.enter(signal);
    try {
      return await send(url, sent, await this.prepare(request, url, signal));
    } finally {
      this.gate.leave();
    }
  }

  /** Takes the request from the budget; then what it is sent with, as good as new. */
  private async prepare(request: HttpRequestBasics, url: URL, signal: AbortSignal): Promise<Outgoing> {
    const { budget } = this.options;
    for (let isFirst = true; ; isFirst = false) {
      await budget?.take(signal);
      const takenAt = performance.now();
      const outgoing = await this.authorizing.run(true, async () => outgoingOf(request, url));
      signal.throwIfAborted();
      // A token that was asked for on the way has taken its time. It is there now, and the second time nothing is asked for.
      if (budget === undefined || !isFirst || performance.now() - takenAt <= promptMs) return outgoing;
    }
  }

  /** Ends the client's connections. */
  async close(): Promise<void> {
    this.closing.abort();
    await this.agent.destroy();
  }

  private connect({ hostname, port, protocol }: buildConnector.Options, answer: buildConnector.Callback): void {
    const tls = protocol === 'https:';
    const target = { host: hostname, port: Number(port) || (tls ? 443 : 80), tls, protocols: ['http/1.1'] };
    const signal = AbortSignal.any([this.signal, this.closing.signal]);
    this.dialler.connect({ ...target, signal, timeoutMs: this.options.timeoutMs ?? 30_000 }).then(
      (socket) => answer(null, socket),
      (error: Error) => answer(error, null),
    );
  }

  private async attempt<T>(
    request: HttpRequest<T>,
    url: URL,
    { signal, outgoing }: { signal: AbortSignal; outgoing: Outgoing },
    takeBody?: (answer: Dispatcher.ResponseData) => T,
  ): Promise<AttemptEnd<T>> {
    const method = request.method ?? 'GET';
    const deadline = new AbortController();
    const timeoutMs = request.timeoutMs ?? this.options.timeoutMs ?? 30_000;
    const timer = setTimeout(() => deadline.abort(), timeoutMs);
    const abort = (): void => deadline.abort();
    signal.addEventListener('abort', abort, { once: true });
    this.stats.requests += 1;
    let response: HttpResponse;
    try {
      const answer = await send(outgoing.url, {
        method,
        headers: {
          'user-agent': this.options.userAgent ?? 'Muster',
          accept: 'application/json',
          'accept-encoding': contentCodings.join(', '),
          ...request.headers,
          ...outgoing.headers,
        },
        body: outgoing.body,
        dispatcher: this.agent,
        signal: deadline.signal,
        headersTimeout: timeoutMs,
        // Of undici: between two parts of a body, not while its reader keeps it waiting.
        bodyTimeout: request.idleTimeoutMs ?? timeoutMs,
      });
      // Nobody reads on when reading has failed.
      answer.body.on('error', () => undefined);
      if (takeBody && answer.statusCode >= 200 && answer.statusCode < 300) {
        this.countAnswer(String(answer.statusCode));
        return { result: takeBody(answer) };
      }
      const headers = flatten(answer.headers);
      const { body, receivedBytes } = await readBody(answer.body, {
        contentLength: headers['content-length'],
        contentEncoding: headers['content-encoding'],
        limitBytes: request.maxResponseBytes ?? this.options.maxResponseBytes ?? 64 * 1024 * 1024,
      });
      this.stats.bytesReceived += receivedBytes;
      this.countAnswer(String(answer.statusCode));
      response = { status: answer.statusCode, headers, body };
    } catch (error) {
      signal.throwIfAborted();
      this.countAnswer('network');
      const timedOut = deadline.signal.aborted;
      // What is left of a response that was refused is not waited for.
      deadline.abort();
      return { failure: transportFailure(error, url, timedOut, timeoutMs) };
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
    }
    return this.judge(request, url, response);
  }

  private judge<T>(request: HttpRequest<T>, url: URL, response: HttpResponse): AttemptEnd<T> {
    const { status } = response;
    const fields = { status, host: url.host };
    const cause: RetryCause = `${status}`;
    if ((status >= 200 && status < 300) || request.accept?.includes(status)) {
      try {
        return { result: request.read(response) };
      } catch (error) {
        if (error instanceof BadResponseError) {
          const message = `${error.message} (asked ${this.backoff.maxAttempts} times)`;
          const SourceError = error.recovery === 'retriable' ? SourceRetriableError : SourceFatalError;
          return {
            failure: {
              cause: 'badResponse',
              status,
              waitMs: 0,
              error: new SourceError({ code: error.code, message, fields: { ...fields, ...error.fields } }),
            },
          };
        }
        throw error;
      }
    }
    if (status === 429 || status === 408 || status >= 500) {
      const asked = retryAfterMs(response.headers['retry-after'], (this.options.now ?? Date.now)());
      const code = status === 429 ? 'rateLimited' : 'sourceUnavailable';
      const message = `${url.host} answered ${status} ${this.backoff.maxAttempts} times in a row. The next sync tries again.`;
      return {
        failure: {
          cause,
          status,
          waitMs: Math.min(asked ?? 0, this.backoff.maxRetryAfterMs),
          ...(status === 429 || asked !== null ? { restStatus: status } : {}),
          error: new SourceRetriableError({ code, message, fields }),
        },
      };
    }
    return {
      failure: {
        cause,
        status,
        error: refusal(status, { host: url.host, path: request.shownPath ?? url.pathname }, fields),
      },
    };
  }

  private async wait(ms: number, signal: AbortSignal): Promise<void> {
    this.stats.waitedMs += ms;
    try {
      await (this.options.sleep ?? sleepUnlessAborted)(ms, signal);
    } finally {
      signal.throwIfAborted();
    }
  }

  private countAnswer(status: string): void {
    this.stats.byStatus[status] = (this.stats.byStatus[status] ?? 0) + 1;
  }

  private countRetry(cause: RetryCause, status: number | undefined): void {
    const { stats } = this;
    const answered = status === undefined ? 'network' : String(status);
    stats.retries += 1;
    stats.retriesByCause[cause] = (stats.retriesByCause[cause] ?? 0) + 1;
    stats.retriesByStatus[answered] = (stats.retriesByStatus[answered] ?? 0) + 1;
  }
}

type AttemptEnd<T> = { readonly result: T } | { readonly failure: HttpFailure };

type SendAttempt<T> = (url: URL, signal: AbortSignal, outgoing: Outgoing) => Promise<AttemptEnd<T>>;

/** What one attempt is sent with. */
interface Outgoing {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

async function outgoingOf({ authorization, method = 'GET', body }: HttpRequestBasics, url: URL): Promise<Outgoing> {
  const sentTo = withQuery(url, (await authorization?.query?.()) ?? {});
  const headers = (await authorization?.headers({ method, url: sentTo })) ?? {};
  return { url: sentTo, headers, body: (typeof body === 'function' ? await body() : body) ?? null };
}

const NEVER = new AbortController().signal;

function neverRead(): never {
  throw new TypeError('An answer that is streamed is not read as a whole.');
}

async function sleepUnlessAborted(ms: number, signal: AbortSignal): Promise<void> {
  await sleepFor(ms, undefined, { signal });
}

function flatten(headers: Dispatcher.ResponseData['headers']): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) {
      flat[name] = Array.isArray(value) ? value.join(', ') : value;
    }
  }
  return flat;
}
