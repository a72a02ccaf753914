import type { ConnectorContext, HttpRequest, RawRecord, RequestAuthorization } from '#connector-sdk';
import {
  BadResponseError,
  hmacSignature,
  JsonSplitError,
  OAuth2ClientCredentials,
  readJsonRecord,
  SourceFatalError,
} from '#connector-sdk';
import type { AcmeHrConfig, AcmeHrSecrets } from './acme-hr.settings.js';
import type { WorkerPage } from './worker-page.js';
import { readWorkerPage } from './worker-page.js';

/** The HR system's REST API, version 2, as far as Muster reads it. */
export class AcmeHrApi implements RequestAuthorization {
  private readonly token: OAuth2ClientCredentials;

  constructor(private readonly context: ConnectorContext<AcmeHrConfig, AcmeHrSecrets>) {
    const { config, secrets, http } = context;
    this.token = new OAuth2ClientCredentials(http, {
      tokenUrl: config.tokenUrl ?? this.address('/oauth/token').href,
      clientId: config.clientId,
      clientSecret: secrets.clientSecret,
      scope: config.scope,
    });
  }

  /** The access token and, over method, path, query and date, the signature that the HR system wants beside it. */
  async headers({ method, url }: { method: string; url: URL }): Promise<Record<string, string>> {
    const date = new Date().toUTCString();
    const signature = hmacSignature({ method, url, date }, { key: this.context.secrets.signingKey });
    return { ...(await this.token.headers()), 'x-acme-date': date, 'x-acme-signature': `v1=${signature}` };
  }

  renew(): void {
    this.token.renew();
  }

  /** Gets a token, so that refused credentials show apart from everything else. */
  async signIn(): Promise<void> {
    await this.token.token();
  }

  async page(
    cursor: string | null,
    { limit = this.context.config.pageSize, signal = this.context.signal } = {},
  ): Promise<WorkerPage> {
    const url = this.address('/api/v2/workers');
    url.searchParams.set('limit', String(limit));
    if (cursor !== null) {
      url.searchParams.set('cursor', cursor);
    }
    return this.get({ url, signal, read: readWorkerPage });
  }

  /** One worker, byte for byte as in a page; `null` when the HR system doesn't know the id. */
  async worker(id: string): Promise<RawRecord | null> {
    return this.get({
      url: this.address(`/api/v2/workers/${encodeURIComponent(id)}`),
      shownPath: '/api/v2/workers/{id}',
      accept: [404],
      read: ({ status, body }) => (status === 404 ? null : readWorker(body, id)),
    });
  }

  private async get<T>(request: HttpRequest<T>): Promise<T> {
    const timeoutMs = this.context.config.requestTimeoutSeconds * 1000;
    return this.context.http.request({ signal: this.context.signal, timeoutMs, authorization: this, ...request });
  }

  private address(path: string): URL {
    return new URL(this.context.config.baseUrl.replace(/\/+$/, '') + path);
  }
}

function readWorker(body: Uint8Array, id: string): RawRecord {
  let record: RawRecord;
  try {
    record = readJsonRecord(body, { idKey: 'workerId' });
  } catch (error) {
    if (error instanceof JsonSplitError) {
      throw new BadResponseError(
        'malformedWorker',
        `The HR system sent a worker that is not one whole JSON object: ${error.message}.`,
        { offset: error.offset },
      );
    }
    throw error;
  }
  if (record.sourceId !== id) {
    throw new SourceFatalError({
      code: 'otherWorker',
      message: 'Asked for one worker, the HR system sent another one.',
    });
  }
  return record;
}
