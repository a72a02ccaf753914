/** Ways in which HTTP sources fail, whatever it is that they send. */
export const HTTP_FAULTS = [
  'rateLimit',
  'serverError',
  'unauthorized',
  'expiredToken',
  'cut',
  'cutCleanly',
  'stall',
  'drip',
  'empty',
  'webPage',
  'redirect',
  'gzipBomb',
] as const;

/**
 * `rateLimit`: 429 with `Retry-After`. `serverError`: 503. `unauthorized`: 401. `expiredToken`: 401 for the token
 * that comes first from now on, every other one is good. `cut`: the connection breaks in the middle of the body. `cutCleanly`: half the body, sent as if it were
 * all. `stall`: half the body, then silence. `drip`: the body in parts of five bytes. `empty`: 200 without a body. `webPage`: 200
 * with a login page. `redirect`: 302 to a private address. `gzipBomb`: a small body that unpacks to 96 MiB.
 */
export type HttpFaultKind = (typeof HTTP_FAULTS)[number];

export interface HttpFault {
  readonly kind: HttpFaultKind;
  /** For how many requests that it can touch; left out: until `behave`. */
  readonly times?: number;
  /** How many such requests to leave alone first. Default 0. */
  readonly after?: number;
  /** rateLimit: what `Retry-After` says. Default 1. */
  readonly retryAfterSeconds?: number;
}
