import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export interface AccessSettings {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly signingKey: string;
  readonly tokenLifetimeSeconds: number;
}

/** How far the client's clock may be off. */
const DATE_TOLERANCE_MS = 5 * 60_000;

/** Issues tokens and judges requests, by its own reading of the API's rules. */
export class AccessControl {
  private readonly expiryByToken = new Map<string, number>();

  constructor(readonly settings: AccessSettings) {}

  /** A token, or the error word of RFC 6749 §5.2. */
  issue(authorization: string | undefined, form: URLSearchParams): { token: string } | { error: string } {
    const [id, secret] = Buffer.from(authorization?.replace(/^Basic /, '') ?? '', 'base64')
      .toString('utf8')
      .split(':')
      .map(decodeURIComponent);
    if (id !== this.settings.clientId || secret !== this.settings.clientSecret) {
      return { error: 'invalid_client' };
    }
    if (form.get('grant_type') !== 'client_credentials') {
      return { error: 'unsupported_grant_type' };
    }
    if (form.get('scope') !== 'workers.read') {
      return { error: 'invalid_scope' };
    }
    const token = randomBytes(24).toString('base64url');
    this.expiryByToken.set(token, Date.now() + this.settings.tokenLifetimeSeconds * 1000);
    return { token };
  }

  revokeAll(): void {
    this.expiryByToken.clear();
  }

  /** `null` when the request may pass, else why not. */
  refusal(request: IncomingMessage): string | null {
    const token = request.headers.authorization?.replace(/^Bearer /, '') ?? '';
    if ((this.expiryByToken.get(token) ?? 0) <= Date.now()) {
      return 'invalid_token';
    }
    const date = request.headers['x-acme-date'];
    const signature = request.headers['x-acme-signature'];
    if (typeof date !== 'string' || typeof signature !== 'string') {
      return 'signature_missing';
    }
    if (!(Math.abs(Date.parse(date) - Date.now()) <= DATE_TOLERANCE_MS)) {
      return 'date_out_of_range';
    }
    const expected = createHmac('sha256', this.settings.signingKey)
      .update(`${request.method ?? ''}\n${request.url ?? ''}\n${date}`)
      .digest();
    const given = Buffer.from(signature.replace(/^v1=/, ''), 'base64');
    return given.length === expected.length && timingSafeEqual(given, expected) ? null : 'signature_mismatch';
  }
}
