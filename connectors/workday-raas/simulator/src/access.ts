import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export interface AccessSettings {
  readonly username: string;
  readonly password: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Each refresh token is good for one use, and the answer has the next. */
  readonly isRotating: boolean;
}

/** Who may see reports: one integration system user, by password or by tokens that an API client gets for it. */
export class Access {
  private readonly tokens = new Set<string>();
  /** The one refresh token that is good now. */
  refreshToken = `refresh-${randomBytes(12).toString('hex')}`;
  refused = 0;

  constructor(private readonly settings: AccessSettings) {}

  mayRead({ headers: { authorization = '' } }: IncomingMessage): boolean {
    const { username, password } = this.settings;
    if (authorization === basic(username, password)) return true;
    return authorization.startsWith('Bearer ') && this.tokens.has(authorization.slice('Bearer '.length));
  }

  /** An answer of the token endpoint: status and body. */
  issue(authorization: string | undefined, form: URLSearchParams): { status: number; body: Record<string, unknown> } {
    const { clientId, clientSecret, isRotating } = this.settings;
    if (authorization !== basic(clientId, clientSecret)) return { status: 401, body: { error: 'invalid_client' } };
    if (form.get('grant_type') !== 'refresh_token' || form.get('refresh_token') !== this.refreshToken) {
      this.refused += 1;
      return { status: 400, body: { error: 'invalid_grant' } };
    }
    if (isRotating) this.refreshToken = `refresh-${randomBytes(12).toString('hex')}`;
    const token = randomBytes(24).toString('base64url');
    this.tokens.add(token);
    return { status: 200, body: { access_token: token, token_type: 'Bearer', refresh_token: this.refreshToken } };
  }

  /** Ends all access tokens. */
  revoke(): void {
    this.tokens.clear();
  }
}

function basic(name: string, secret: string): string {
  return `Basic ${Buffer.from(`${name}:${secret}`, 'utf8').toString('base64')}`;
}
