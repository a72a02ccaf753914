import type { Socket } from 'node:net';
import { type Dialler, SourceFatalError } from '#connector-sdk';
import { ExtendedRequest, type Message, UnbindRequest } from 'ldapts';
import { BerError } from './ber.js';
import { connectionFailure, resultFailure, timedOut } from './ldap-failure.js';
import { MessageFrames } from './message-frames.js';
import { type DirectoryEntry, readMessage, type ServerResult } from './read-message.js';

export interface ServerAddress {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte (`ldaps:`). */
  readonly tls: boolean;
}

export interface ServerAnswer extends ServerResult {
  readonly entries: readonly DirectoryEntry[];
  /** How many parts of the tree the server says that other servers hold. */
  readonly references: number;
}

export interface ConnectionLimits {
  readonly dialler: Dialler;
  readonly signal: AbortSignal;
  /** For making the connection, and for each answer. */
  readonly timeoutMs: number;
}

interface Pending {
  readonly entries: DirectoryEntry[];
  references: number;
  bytes: number;
  readonly resolve: (answer: ServerAnswer) => void;
  readonly reject: (error: unknown) => void;
}

const startTlsOid = '1.3.6.1.4.1.1466.20037';
const maxMessageBytes = 32 * 1024 * 1024;
const maxAnswerBytes = 128 * 1024 * 1024;

/**
 * Requests and answers over one socket; every answer in bounded time and size, or an error. Requests are written by ldapts. Its
 * client is not used: it connects again by itself, without logging in; it takes an empty page for the last one,
 * though a server may send one in the middle; and its reader can be kept busy for ever by a malformed answer.
 */
export class LdapConnection {
  private readonly pending = new Map<number, Pending>();
  private readonly onAbort = (): void => this.fail(this.limits.signal.reason);
  private readonly onData = (chunk: Buffer): void => this.receive(chunk);
  private readonly onError = (error: Error): void => this.fail(error);
  private readonly onClose = (): void => this.fail(new Error('The connection was closed.'));
  private frames = new MessageFrames(maxMessageBytes);
  private lastId = 0;
  /** Why nothing can be asked any more. */
  private end: { reason: unknown } | null = null;

  private constructor(
    private socket: Socket,
    private readonly server: string,
    private readonly limits: ConnectionLimits,
  ) {
    this.listen();
    limits.signal.addEventListener('abort', this.onAbort, { once: true });
  }

  /** @throws SourceError as the dialler's, or the signal's reason */
  static async open({ host, port, tls }: ServerAddress, limits: ConnectionLimits): Promise<LdapConnection> {
    const { dialler, signal, timeoutMs } = limits;
    const socket = await dialler.connect({ host, port, tls, signal, timeoutMs });
    return new LdapConnection(socket, `${host}:${port}`, limits);
  }

  /** Goes on with TLS on the same connection. @throws SourceError */
  async startTls(host: string): Promise<void> {
    const answer = await this.ask((messageId) => new ExtendedRequest({ messageId, oid: startTlsOid }));
    if (answer.code !== 0) throw resultFailure(answer, 'startTls', this.server);
    // What came unencrypted behind the answer would else be taken for the server's word under TLS.
    if (this.frames.rest > 0) this.fail(this.malformed());
    if (this.end !== null) throw this.failure(this.end.reason);
    const { dialler, signal, timeoutMs } = this.limits;
    this.socket.off('data', this.onData).off('close', this.onClose).pause();
    this.frames = new MessageFrames(maxMessageBytes);
    try {
      this.socket = await dialler.startTls(this.socket, host, { signal, timeoutMs });
    } catch (error) {
      this.fail(error);
      throw error;
    }
    this.listen();
  }

  /** `build` makes the request, with the id that it is given. @throws SourceError when no answer comes; what it says is not judged */
  async ask(build: (messageId: number) => Message): Promise<ServerAnswer> {
    this.limits.signal.throwIfAborted();
    if (this.end !== null) throw this.failure(this.end.reason);
    this.lastId += 1;
    const id = this.lastId;
    const { promise, resolve, reject } = Promise.withResolvers<ServerAnswer>();
    this.pending.set(id, { entries: [], references: 0, bytes: 0, resolve, reject });
    const deadline = setTimeout(() => this.fail(timedOut(this.server)), this.limits.timeoutMs);
    try {
      this.socket.write(build(id).write());
      return await promise;
    } catch (error) {
      throw this.failure(error);
    } finally {
      clearTimeout(deadline);
      this.pending.delete(id);
    }
  }

  close(): void {
    if (this.end !== null) return;
    this.lastId += 1;
    this.socket.end(new UnbindRequest({ messageId: this.lastId }).write());
    this.fail(new Error('The connection is closed.'), { atOnce: false });
  }

  private listen(): void {
    this.socket.on('data', this.onData).on('close', this.onClose).on('error', this.onError);
  }

  private receive(chunk: Buffer): void {
    if (this.end !== null) return;
    try {
      for (const message of this.frames.push(chunk)) this.take(message);
    } catch (error) {
      this.fail(error instanceof BerError ? this.malformed() : error);
    }
  }

  private take(bytes: Buffer): void {
    const message = readMessage(bytes);
    const pending = this.pending.get(message.id);
    if (pending === undefined) {
      // Of its own accord a server only says that it is going to close the connection (RFC 4511 §4.4.1).
      if (message.id === 0) throw new Error('The server ends the connection.');
      throw new BerError('an answer to nothing that was asked');
    }
    pending.bytes += bytes.length;
    if (pending.bytes > maxAnswerBytes) throw tooLarge(this.server);
    if (message.kind === 'entry') pending.entries.push(message.entry);
    if (message.kind === 'reference') pending.references += 1;
    if (message.kind !== 'result') return;
    const { code, diagnostic, cookie } = message;
    const { entries, references } = pending;
    this.pending.delete(message.id);
    pending.resolve({ code, diagnostic, cookie, entries, references });
  }

  private fail(reason: unknown, { atOnce = true } = {}): void {
    this.end ??= { reason };
    this.limits.signal.removeEventListener('abort', this.onAbort);
    for (const { reject } of this.pending.values()) reject(reason);
    if (atOnce) this.socket.destroy();
  }

  private failure(error: unknown): unknown {
    return this.limits.signal.aborted ? this.limits.signal.reason : connectionFailure(error, this.server);
  }

  private malformed(): SourceFatalError {
    return new SourceFatalError({
      code: 'malformedAnswer',
      message: `${this.server} sends what is not LDAP. Check that the address is that of an LDAP server, and its port.`,
      fields: { server: this.server },
    });
  }
}

function tooLarge(server: string): SourceFatalError {
  return new SourceFatalError({
    code: 'pageTooLarge',
    message: `A page of ${server} has more than ${maxAnswerBytes / 1024 / 1024} MiB. Set a smaller pageSize, or leave large attributes out.`,
    fields: { server },
  });
}
