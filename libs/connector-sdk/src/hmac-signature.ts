import { createHmac } from 'node:crypto';

export interface RequestToSign {
  readonly method: string;
  readonly url: URL;
  /** Exactly as sent in the date header that the source reads. */
  readonly date: string;
}

export interface HmacSignatureOptions {
  readonly key: string;
  readonly algorithm?: 'sha256' | 'sha512';
  readonly encoding?: 'base64' | 'hex';
}

/**
 * What is signed: three lines joined by a line feed, without one at the end.
 *
 * ```
 * METHOD                       upper case
 * /path?query                  as on the request line: percent-encoded, no fragment, "?" only with a query
 * Sun, 06 Nov 1994 08:49:37 GMT  the date header's value
 * ```
 */
export function canonicalRequest({ method, url, date }: RequestToSign): string {
  return `${method.toUpperCase()}\n${url.pathname}${url.search}\n${date}`;
}

/** HMAC over `canonicalRequest`, UTF-8 (RFC 2104). SHA-256 in base64 unless told otherwise. */
export function hmacSignature(
  request: RequestToSign,
  { key, algorithm = 'sha256', encoding = 'base64' }: HmacSignatureOptions,
): string {
  return createHmac(algorithm, key).update(canonicalRequest(request), 'utf8').digest(encoding);
}
