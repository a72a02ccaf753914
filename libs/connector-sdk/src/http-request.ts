/** What a request is sent with, decided anew for each attempt (tokens expire, signatures carry the time). */
export interface RequestAuthorization {
  /** `url`: as it is sent, with what `query` gave. */
  headers(request: { method: string; url: URL }): Promise<Readonly<Record<string, string>>>;
  /** Secrets that the source wants in the query, by parameter. They are put in the place of parameters of the same name, and shown nowhere. */
  query?(): Promise<Readonly<Record<string, string>>>;
  /**
   * Called after a 401 (or what `renewOn` names), once per request: throw away what `headers` gave, so that the next call gets something
   * new. Left out where nothing newer can be had: the refusal is final then, and the source is not asked again.
   */
  renew?(): void;
}

/** What every request says, however its answer is read. */
export interface HttpRequestBasics {
  readonly method?: 'GET' | 'POST';
  readonly url: string | URL;
  /** What messages call its path, where that names a person: `/workers/{id}`. */
  readonly shownPath?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** A function makes it anew for each attempt, where it holds something that is good for one use. */
  readonly body?: string | (() => Promise<string>);
  readonly authorization?: RequestAuthorization;
  /** Statuses after which the authorization is renewed once. Default: 401 alone. */
  readonly renewOn?: readonly number[];
  /** Besides the client's own. */
  readonly signal?: AbortSignal;
  /**
   * Once sent, only its own time-out ends an attempt, not the signals: for what changes something at the source, whose
   * answer must not go unheard. No further attempt is made after a signal.
   */
  readonly isUninterrupted?: boolean;
  readonly maxResponseBytes?: number;
}

export interface HttpRequest<T = HttpResponse> extends HttpRequestBasics {
  /** Statuses besides 2xx that are an answer, not an error, e.g. 404 for one person. */
  readonly accept?: readonly number[];
  /** Turns the response into the result. Throws `BadResponseError` for a response that is worth asking for again. */
  readonly read: (response: HttpResponse) => T;
  /** For one attempt, headers and body together. */
  readonly timeoutMs?: number;
  /** For the silence between two parts of the body, where that differs. */
  readonly idleTimeoutMs?: number;
}

export interface HttpResponse {
  readonly status: number;
  /** Names in lower case. A header that came more than once is joined by ", ". */
  readonly headers: Readonly<Record<string, string>>;
  /** Decoded, when it came compressed. */
  readonly body: Uint8Array;
}
