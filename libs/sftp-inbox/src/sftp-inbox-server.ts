import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import ssh2, { type AuthContext, type Connection } from 'ssh2';
import type { SftpSettings } from '#config';
import { ConfigurationError } from '#core';
import { errorFields, type Logger } from '#telemetry';
import { Account } from './account.js';
import { type AccountId, accountName } from './account-name.js';
import type { AccountSettings, AccountStore, LoginEvent } from './account-store.port.js';
import { DiskRoom } from './disk-room.js';
import type { HostKey } from './host-key.js';
import { InboxDirectory } from './inbox-directory.js';
import { InboxSession } from './inbox-session.js';
import { logIn, type LoginResult } from './log-in.js';
import { LoginGate } from './login-gate.js';

const maxTries = 6;
const maxSessionsOfAccount = 8;

export interface SftpInboxServerParts {
  readonly settings: SftpSettings;
  readonly hostKey: HostKey;
  readonly accounts: AccountStore;
  readonly logger: Logger;
  /** Told of each file that is there under its name. */
  readonly arrived?: (id: AccountId) => void;
  /** How long a connection may take to log in, and how long it may then ask for nothing. */
  readonly patience?: { readonly loginMs: number; readonly idleMs: number };
}

/** Who has logged in, and the settings by which that was. */
interface Entered {
  readonly account: Account;
  readonly settings: AccountSettings;
}

/** A server of SFTP to which files are sent: each account is an integration, and a folder that nobody leaves. */
export class SftpInboxServer {
  /** Who connects is counted and timed before a word of SSH is spoken, which the library waits for without end. */
  private readonly listener = createServer({ noDelay: true }, (socket) => this.admit(socket));
  private readonly server: InstanceType<typeof ssh2.Server>;
  private readonly gate = new LoginGate();
  private readonly connections = new Set<Connection>();
  /** Of connections that have not logged in yet, by address and port of the other side: what ends them in time. */
  private readonly logins = new Map<string, NodeJS.Timeout>();
  private readonly open = new Map<string, Account>();
  private readonly directory: InboxDirectory;
  private readonly disk: DiskRoom;
  private readonly patience: { readonly loginMs: number; readonly idleMs: number };
  private readonly sockets = new Set<Socket>();
  private readonly leaving = new Set<Promise<void>>();
  private turn: Promise<unknown> = Promise.resolve();

  private constructor(private readonly parts: SftpInboxServerParts) {
    const { hostKey, settings, patience = { loginMs: 60_000, idleMs: 300_000 } } = parts;
    this.patience = patience;
    this.directory = new InboxDirectory(settings.directory);
    this.disk = new DiskRoom(settings.directory, settings.keepFreeBytes, parts.logger);
    this.server = new ssh2.Server(
      {
        hostKeys: [hostKey.privateKey],
        ident: 'Muster',
        // Unpacking is where the library can be brought down, and reports are small.
        algorithms: { compress: ['none'] },
      },
      (connection, { ip, port }) => this.serve(connection, ip, `${ip} ${port}`),
    );
  }

  /** @throws ConfigurationError `configurationInvalid` when the port cannot be listened at */
  static async start(parts: SftpInboxServerParts): Promise<SftpInboxServer> {
    const inbox = new SftpInboxServer(parts);
    await inbox.directory.make();
    const { host, port } = parts.settings;
    try {
      inbox.listener.listen(port, host);
      await once(inbox.listener, 'listening');
    } catch (cause) {
      const code = (cause as NodeJS.ErrnoException).code ?? 'unknown';
      const message = `Files cannot be taken by SFTP at ${host}, port ${port} (${code}). Set MUSTER_SFTP_HOST and MUSTER_SFTP_PORT to what this machine has and nothing else listens at.`;
      throw new ConfigurationError('configurationInvalid', message, [message], { cause });
    }
    inbox.listener.on('error', (error: unknown) =>
      parts.logger.warn('The SFTP server met an error.', errorFields(error)),
    );
    return inbox;
  }

  get port(): number {
    return (this.listener.address() as AddressInfo).port;
  }

  /** Ends all connections; of files that are being sent nothing stays. */
  async stop(): Promise<void> {
    const closed = new Promise<void>((resolve) => void this.listener.close(() => resolve()));
    for (const connection of this.connections) connection.end();
    for (const socket of this.sockets) socket.destroySoon();
    await Promise.race([closed, sleep(2_000, undefined, { ref: false })]);
    await Promise.all(this.leaving);
  }

  private admit(socket: Socket): void {
    const { remoteAddress = '', remotePort = 0 } = socket;
    const leave = this.gate.enter(remoteAddress);
    if (leave === null) {
      socket.destroy();
      return;
    }
    const from = `${remoteAddress} ${remotePort}`;
    this.sockets.add(socket);
    const login = setTimeout(() => socket.destroy(), this.patience.loginMs);
    this.logins.set(from, login);
    socket.on('close', () => {
      clearTimeout(login);
      this.logins.delete(from);
      this.sockets.delete(socket);
      leave();
    });
    // Who was told to go is not waited for.
    socket.on('finish', () => socket.destroy());
    this.server.injectSocket(socket);
  }

  /** @param from as in `logins` */
  private serve(connection: Connection, address: string, from: string): void {
    connection.on('error', () => undefined);
    this.connections.add(connection);
    connection.setMaxListeners(4 * maxSessionsOfAccount);
    connection.on('close', () => this.connections.delete(connection));
    let entered: Entered | null = null;
    let tries = 0;
    connection.on('authentication', (context) => {
      if (context.method === 'none') return context.reject(['publickey', 'password']);
      tries += 1;
      if (tries > maxTries) {
        connection.end();
        return;
      }
      this.authenticate(context, address).then(
        (account) => (entered = account ?? entered),
        (error: unknown) => {
          this.parts.logger.warn('A login at the SFTP server could not be judged.', errorFields(error));
          context.reject();
        },
      );
    });
    connection.on('ready', () => {
      clearTimeout(this.logins.get(from));
      const timer = setTimeout(() => connection.end(), this.patience.idleMs);
      const alive = (): void => void timer.refresh();
      connection.on('close', () => clearTimeout(timer));
      connection.on('session', (accept, reject) => {
        if (entered === null || !this.join(entered.account, connection)) return void reject();
        const who = entered;
        accept().on('sftp', (acceptSftp) => this.speak(acceptSftp(), connection, who, alive));
      });
    });
    connection.on('tcpip', (_accept, reject) => reject());
    connection.on('request', (_accept, reject) => reject?.());
  }

  /** The account whose login was accepted; null when the answer is another. */
  private async authenticate(context: AuthContext, address: string): Promise<Entered | null> {
    const judge = async (): Promise<LoginResult> => logIn(context, this.parts.accounts);
    const result = await (context.method === 'password' ? this.inTurn(judge) : judge());
    if (result.kind === 'asked') {
      context.accept();
      return null;
    }
    if (result.kind === 'out') {
      // A key that is not the right one is no guess: agents offer all that they hold.
      if (context.method === 'password') {
        if (result.id !== null) this.noteLogin(result.id, 'loginFailed', 'password', address);
        await sleep(this.gate.failed(address), undefined, { ref: false });
      }
      context.reject(['publickey', 'password']);
      return null;
    }
    const { id, settings } = result;
    const account = this.accountOf(id);
    await account.prepare(settings.use);
    this.noteLogin(id, 'login', context.method === 'password' ? 'password' : 'publickey', address);
    context.accept();
    return { account, settings };
  }

  private noteLogin(id: AccountId, kind: LoginEvent['kind'], method: LoginEvent['method'], from: string): void {
    // As a socket that takes both kinds of address spells one of IPv4.
    const address = from.replace(/^::ffff:(?=\d+\.)/, '');
    void this.parts.accounts.note(id, { kind, method, address });
  }

  /** One password at a time: hashing takes threads and memory that uploads need. */
  private async inTurn(judge: () => Promise<LoginResult>): Promise<LoginResult> {
    const result = this.turn.then(judge);
    this.turn = result.catch(() => undefined);
    return result;
  }

  private accountOf(id: AccountId): Account {
    const name = accountName(id);
    const known = this.open.get(name);
    if (known !== undefined) return known;
    const made = new Account(id, this.directory, this.parts.settings, this.disk);
    this.open.set(name, made);
    return made;
  }

  /** False when an account has too many sessions already. */
  private join(account: Account, connection: Connection): boolean {
    if (account.sessions >= maxSessionsOfAccount) return false;
    account.sessions += 1;
    connection.on('close', () => (account.sessions -= 1));
    return true;
  }

  private speak(
    sftp: ConstructorParameters<typeof InboxSession>[0],
    connection: Connection,
    { account, settings }: Entered,
    alive: () => void,
  ): void {
    const { accounts, logger } = this.parts;
    const { use } = settings;
    const session = new InboxSession(sftp, {
      account,
      use,
      alive,
      isWelcome: async () => isSameAccount(await accounts.find(account.id), settings),
      end: () => void connection.end(),
      uploaded: (path, bytes) => {
        const name = use.isExpected(path) ? path : 'a file whose name the settings do not expect';
        void accounts.note(account.id, { kind: 'upload', detail: `${name}, ${bytes} bytes` });
        this.parts.arrived?.(account.id);
      },
      failed: (error) =>
        logger.warn('What a sender asked for failed at the SFTP server.', { ...account.id, ...errorFields(error) }),
    });
    let isOver = false;
    const leave = (): void => {
      if (isOver) return;
      isOver = true;
      const left = session.giveUp().finally(() => this.leaving.delete(left));
      this.leaving.add(left);
    };
    // A client that has said all waits for the channel to be closed.
    sftp.on('end', () => {
      leave();
      sftp.end();
    });
    sftp.on('close', leave);
    connection.on('close', leave);
  }
}

/** Whether those who have logged in by `then` could do so still, and would find the same folders. */
function isSameAccount(now: AccountSettings | null, then: AccountSettings): boolean {
  const told = ({ passwordHash, use: { folders, publicKeys } }: AccountSettings): string =>
    JSON.stringify([passwordHash, folders, publicKeys]);
  return now !== null && told(now) === told(then);
}
