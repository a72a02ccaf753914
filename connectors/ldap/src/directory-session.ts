import { type ConnectorContext, SourceFatalError } from '#connector-sdk';
import { BindRequest, type Filter, PagedResultsControl, PresenceFilter, SearchRequest } from 'ldapts';
import { type ConnectionLimits, LdapConnection } from './ldap-connection.js';
import { type LdapConfig, type LdapSecrets, serverOf } from './ldap.settings.js';
import { RESULT, resultFailure } from './ldap-failure.js';
import type { DirectoryEntry } from './read-message.js';

export type DirectoryContext = Pick<
  ConnectorContext<LdapConfig, LdapSecrets>,
  'config' | 'secrets' | 'dialler' | 'signal'
>;

export interface SearchFor {
  readonly filter: Filter;
  readonly attributes: readonly string[];
}

export interface DirectoryPage {
  readonly entries: readonly DirectoryEntry[];
  /** How many parts of the tree other servers hold. */
  readonly references: number;
}

/**
 * How a search of everybody ended. `whole`: by the empty cookie of the last page. `limit`: the server stopped where this user may
 * read no more. `unmarked`: with success and without the mark of the last page.
 */
export type SearchEnd = 'whole' | 'limit' | 'unmarked';

/** Pages without anybody that may follow each other: servers send some while they search long. */
const maxEmptyPages = 1000;

/** A connection that is logged in, with what this connector asks of a directory. */
export class DirectorySession {
  private constructor(
    private readonly connection: LdapConnection,
    private readonly config: LdapConfig,
    private readonly server: string,
  ) {}

  /** @throws SourceError, the signal's reason */
  static async open({ config, secrets, dialler, signal }: DirectoryContext): Promise<DirectorySession> {
    const address = serverOf(config);
    const limits: ConnectionLimits = { dialler, signal, timeoutMs: config.requestTimeoutSeconds * 1000 };
    const connection = await LdapConnection.open(address, limits);
    const session = new DirectorySession(connection, config, `${address.host}:${address.port}`);
    try {
      if (!address.tls && config.startTls) await connection.startTls(address.host);
      await session.logIn(secrets.password);
      return session;
    } catch (error) {
      connection.close();
      throw error;
    }
  }

  /**
   * All that `filter` fits below the base, page by page.
   *
   * @throws SourceError
   */
  async *pages({ filter, attributes }: SearchFor): AsyncGenerator<DirectoryPage, SearchEnd, void> {
    let cookie: Buffer | null = null;
    for (let empty = 0; empty <= maxEmptyPages;) {
      const value = { size: this.config.pageSize, ...(cookie === null ? {} : { cookie }) };
      const answer = await this.connection.ask(
        (messageId) =>
          new SearchRequest({
            messageId,
            baseDN: this.config.baseDn,
            scope: 'sub',
            filter,
            attributes: [...attributes],
            timeLimit: this.config.requestTimeoutSeconds,
            // Critical: a server that cannot do it says so, instead of sending everybody at once or a part.
            controls: [new PagedResultsControl({ critical: true, value })],
          }),
      );
      const { code, entries, references } = answer;
      if (isLimit(code) && (entries.length > 0 || cookie !== null)) {
        yield { entries, references };
        return 'limit';
      }
      if (code !== RESULT.success) throw resultFailure(answer, 'search', this.server);
      yield { entries, references };
      cookie = answer.cookie;
      if (cookie === null) return 'unmarked';
      if (cookie.length === 0) return 'whole';
      empty = entries.length === 0 ? empty + 1 : 0;
    }
    throw new SourceFatalError({
      code: 'pagesWithoutEnd',
      message: `${this.server} sends one page without anybody after the other. Nothing of it is applied.`,
      fields: { server: this.server },
    });
  }

  /** One entry by its DN; null when there is none, or none that this user may see. @throws SourceError */
  async entry(dn: string, attributes: readonly string[]): Promise<DirectoryEntry | null> {
    const { config } = this;
    const answer = await this.connection.ask(
      (messageId) =>
        new SearchRequest({
          messageId,
          baseDN: dn,
          scope: 'base',
          filter: new PresenceFilter({ attribute: 'objectClass' }),
          attributes: [...attributes],
          timeLimit: config.requestTimeoutSeconds,
        }),
    );
    if (answer.code === RESULT.success) return answer.entries[0] ?? null;
    if (notThere.includes(answer.code)) return null;
    throw resultFailure(answer, 'search', this.server);
  }

  close(): void {
    this.connection.close();
  }

  private async logIn(password: string): Promise<void> {
    const { bindDn } = this.config;
    const answer = await this.connection.ask((messageId) => new BindRequest({ messageId, dn: bindDn, password }));
    if (answer.code !== RESULT.success) throw resultFailure(answer, 'bind', this.server);
  }
}

const notThere: readonly number[] = [
  RESULT.noSuchObject,
  RESULT.invalidDnSyntax,
  RESULT.insufficientAccessRights,
  RESULT.referral,
];

function isLimit(code: number): boolean {
  return code === RESULT.sizeLimitExceeded || code === RESULT.adminLimitExceeded;
}
