import {
  BadResponseError,
  type ConnectorContext,
  type HttpResponse,
  type JsonValue,
  ListCircle,
  OAuth2ClientCredentials,
  SourceFatalError,
} from '#connector-sdk';
import type { KeycloakConfig, KeycloakSecrets } from './keycloak.settings.js';

/** An object as the API has it: a user, a group. */
export type Representation = { readonly [key: string]: JsonValue };

const USER = '/admin/realms/{realm}/users/{id}';
const GROUP = '/admin/realms/{realm}/groups/{id}';

/** The admin REST API of one realm, as far as Muster reads it. */
export class KeycloakApi {
  private readonly token: OAuth2ClientCredentials;
  private readonly root: string;

  constructor(private readonly context: ConnectorContext<KeycloakConfig, KeycloakSecrets>) {
    const { config, secrets, http } = context;
    const server = config.baseUrl.replace(/\/+$/, '');
    const clientRealm = encodeURIComponent(config.clientRealm ?? config.realm);
    this.root = `${server}/admin/realms/${encodeURIComponent(config.realm)}`;
    this.token = new OAuth2ClientCredentials(http, {
      tokenUrl: `${server}/realms/${clientRealm}/protocol/openid-connect/token`,
      clientId: config.clientId,
      clientSecret: secrets.clientSecret,
    });
  }

  /** Gets a token, so that refused credentials show apart from everything else. */
  async signIn(): Promise<void> {
    await this.token.token();
  }

  /** How many users the realm says it has, service accounts aside. */
  async count(): Promise<number> {
    return this.get('/users/count', {}, countIn);
  }

  /** `max` users from the one at `first` on, by user name; fewer at the end. */
  async users(first: number, max: number): Promise<readonly Representation[]> {
    return this.list('/users', { first, max, briefRepresentation: false });
  }

  /** Null when the realm does not know the id. */
  async user(id: string): Promise<Representation | null> {
    // Neither may be put behind /users/: the address would lead elsewhere.
    if (/^\.{0,2}$/.test(id)) return null;
    const user = await this.get(`/users/${encodeURIComponent(id)}`, {}, (value) => value, USER);
    // Paths of the API that are no users: count, profile.
    if (!isRepresentation(user) || typeof user['id'] !== 'string') return null;
    if (user['id'] === id) return user;
    throw new SourceFatalError({ code: 'otherUser', message: 'Asked for one user, Keycloak sent another one.' });
  }

  /** The groups that one user is in, a page at a time. */
  groupsOf(id: string): AsyncGenerator<readonly Representation[], void, void> {
    return this.pages(`/users/${encodeURIComponent(id)}/groups`, USER);
  }

  /** The groups at the top, or those within one. */
  groups(parent: string | null): AsyncGenerator<readonly Representation[], void, void> {
    if (parent === null) return this.pages('/groups');
    return this.pages(`/groups/${encodeURIComponent(parent)}/children`, GROUP);
  }

  /** Who is in a group itself; those of groups within it are not among them. */
  members(group: string): AsyncGenerator<readonly Representation[], void, void> {
    return this.pages(`/groups/${encodeURIComponent(group)}/members`, GROUP);
  }

  private async *pages(path: string, shownPath?: string): AsyncGenerator<readonly Representation[], void, void> {
    const max = 500;
    const circle = new ListCircle();
    for (let first = 0; ; first += max) {
      const page = await this.list(path, { first, max, briefRepresentation: true }, shownPath);
      if (circle.closes(page.map(idOf))) throw pageLoop(first);
      yield page;
      if (page.length < max) return;
    }
  }

  private async list(
    path: string,
    query: Record<string, number | boolean>,
    shownPath?: string,
  ): Promise<readonly Representation[]> {
    return this.get(path, query, listIn, shownPath);
  }

  /** `shownPath`: what the path is called in messages, where it names somebody or something that may be gone: then it gives null. */
  private async get<T>(
    path: string,
    query: Record<string, number | boolean>,
    read: (value: JsonValue) => T,
    shownPath?: string,
  ): Promise<T> {
    const url = new URL(this.root + path);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
    return this.context.http.request({
      url,
      ...(shownPath === undefined ? {} : { shownPath, accept: [404] }),
      authorization: this.token,
      signal: this.context.signal,
      timeoutMs: this.context.config.requestTimeoutSeconds * 1000,
      read: (response) => read(response.status === 404 ? null : parse(response)),
    });
  }
}

export function idOf(of: Representation | undefined): string | null {
  const id = of?.['id'];
  return typeof id === 'string' ? id : null;
}

export function pageLoop(first: number): SourceFatalError {
  return new SourceFatalError({
    code: 'pageLoop',
    message: `Keycloak sent at ${first} what it had sent before: its list leads in a circle. Check what stands between Keycloak and Muster.`,
    fields: { first },
  });
}

function countIn(value: JsonValue): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value;
  throw new BadResponseError('countMissing', 'Keycloak did not say how many users there are.');
}

/** None of what has just been deleted: a user’s groups, a group’s members. */
function listIn(value: JsonValue): readonly Representation[] {
  if (value === null) return [];
  if (Array.isArray(value) && value.every((one) => isRepresentation(one))) return value;
  throw new BadResponseError('notAList', 'Keycloak answered with something other than a list of users or groups.');
}

function isRepresentation(value: JsonValue): value is { [key: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parse({ body }: HttpResponse): JsonValue {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8')) as JsonValue;
  } catch {
    throw new BadResponseError('malformedAnswer', 'Keycloak sent an answer that is not whole, valid JSON.');
  }
}
