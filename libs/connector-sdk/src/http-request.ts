/** What a request is sent with, decided anew for each attempt (tokens expire, signatures carry the time). */
export interface RequestAuthorization {
  headers(request: { method: string; url: URL }): Promise<Readonly<Record<string, string>>>;
  /** Called after a 401, once per request: throw away what `headers` gave, so that the next call gets something new. */
  renew(): void;
}

export interface HttpRequest<T = HttpResponse> {
  readonly method?: 'GET' | 'POST';
  readonly url: string | URL;
  /** What messages call its path, where that names a person: `/workers/{id}`. */
  readonly shownPath?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly authorization?: RequestAuthorization;
  /** Statuses besides 2xx that are an answer, not an error, e.g. 404 for one person. */
  readonly accept?: readonly number[];
  /** Turns the response into the result. Throws `BadResponseError` for a response that is worth asking for again. */
  readonly read: (response: HttpResponse) => T;
  /** For one attempt, headers and body together. */
  readonly timeoutMs?: number;
  /** Of what the response decodes to. */
  readonly maxResponseBytes?: number;
  /** Besides the client's own. */
  readonly signal?: AbortSignal;
}

export interface HttpResponse {
  readonly status: number;
  /** Names in lower case. A header that came more than once is joined by ", ". */
  readonly headers: Readonly<Record<string, string>>;
  /** Decoded, when it came compressed. */
  readonly body: Uint8Array;
}
