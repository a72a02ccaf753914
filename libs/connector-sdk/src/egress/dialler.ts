import type { Socket } from 'node:net';
import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls';
import { SourceError } from '../source.errors.js';
import { canonicalHost } from './canonical-host.js';
import { DirectWay } from './direct-way.js';
import { notConnectedInTime, unreachable } from './egress.errors.js';
import { EgressPolicy } from './egress-policy.js';
import { secureSocket } from './secure-socket.js';
import type { Way } from './way.js';
import { withinDeadline } from './within-deadline.js';

/** All addresses of a name. @throws an error whose code is `ENOTFOUND` or `ENODATA` when there are none */
export type ResolveHost = (name: string) => Promise<readonly { readonly address: string }[]>;

export interface DiallerOptions {
  /** Default: public addresses only. */
  readonly policy?: EgressPolicy;
  /** PEM text with whom to trust besides the public authorities. */
  readonly ca?: string | null;
  /** Where every connection goes through, as `http://name:password@proxy:3128`. Its own address is the operator's word and not checked. */
  readonly proxy?: string | null;
  /** Default: as the system resolves names, `/etc/hosts` included. */
  readonly resolve?: ResolveHost;
  /** Where plain connections come from; policy, proxy and resolver are its own affair then. Default: this process makes them. */
  readonly way?: Way;
}

export interface DialLimits {
  /** Ends the attempt; what is thrown then is its reason. */
  readonly signal?: AbortSignal;
  /** For the whole attempt. Default 10 s. */
  readonly timeoutMs?: number;
}

export interface DialTarget extends DialLimits {
  readonly port: number;
  /** TLS from the first byte, the certificate checked against the host. Default: none. */
  readonly tls?: boolean;
  /** What to agree on by ALPN, e.g. `http/1.1`. Default: nothing is said. */
  readonly protocols?: readonly string[];
}

/** A host that may be connected to. */
export interface Destination {
  /** Checked; empty when only the proxy can resolve the name. */
  readonly addresses: readonly string[];
  connect(target: DialTarget): Promise<Socket>;
}

/** A plain connection of which nothing has been read. */
export interface UnreadConnection {
  readonly socket: Socket;
  /** Whether the bytes on its handle are the host's; false when something lies in between, a proxy and maybe TLS to it. */
  readonly isBare: boolean;
}

/**
 * The one way out: every connection that a connector opens is made here. A name is resolved once, all that it resolves to is checked,
 * and the connection is made to what was checked, so that neither a spelling of an address nor a name that changes its mind
 * leads elsewhere.
 *
 * Errors are `SourceConfigurationError` (`addressNotAllowed`, `hostNotAllowed`, `hostNotFound`, `certificateNotTrusted`,
 * `refusedByProxy`: trying again mends nothing) or `SourceRetriableError` (`unreachable`, `timeout`), or the signal's reason.
 */
export class Dialler {
  /** PEM text of all who are trusted; null: those that come with Node. */
  readonly trusted: readonly string[] | null;
  private readonly way: Way;
  private readonly isProxied: boolean;
  private readonly secureContext: SecureContext | undefined;

  constructor({ policy = new EgressPolicy(), ca, proxy, resolve, way }: DiallerOptions = {}) {
    const known = getCACertificates('default');
    this.secureContext = ca === undefined || ca === null ? undefined : createSecureContext({ ca: [...known, ca] });
    this.trusted =
      ca !== undefined && ca !== null
        ? [...known, ca]
        : known.length === getCACertificates('bundled').length
          ? null
          : known;
    const proxyUrl = proxy === undefined || proxy === null ? null : new URL(proxy);
    this.isProxied = proxyUrl !== null;
    this.way = way ?? new DirectWay({ policy, proxy: proxyUrl, resolve, secureContext: this.secureContext });
  }

  /** `host`: a name or an address, as a setting or a URL has it. */
  async connect({ host, ...target }: DialTarget & { readonly host: string }): Promise<Socket> {
    return this.within(host, target, async (signal) =>
      this.finish(await this.way.connect(host, target.port, { ...target, signal }), host, target, signal),
    );
  }

  /** Resolves and checks a host without connecting. */
  async locate(host: string, limits: DialLimits = {}): Promise<Destination> {
    const way = await this.within(host, limits, async (signal) => this.way.locate(host, { ...limits, signal }));
    return {
      addresses: way.addresses,
      connect: async (target) =>
        this.within(host, target, async (signal) =>
          this.finish(await way.connect(target.port, { ...target, signal }), host, target, signal),
        ),
    };
  }

  /** TLS over a connection that has spoken without it so far (STARTTLS), with the same trust and the same check of the host. */
  async startTls(socket: Socket, host: string, limits: DialLimits = {}): Promise<Socket> {
    return this.within(host, limits, async (signal) => this.secure(socket, host, signal));
  }

  /** A connection for another process, which does on it what is to be done, TLS included. */
  async connectUnread(host: string, port: number, limits: DialLimits): Promise<UnreadConnection> {
    return this.within(host, limits, async (signal) => ({
      socket: await this.way.connect(host, port, { ...limits, signal, isPaused: true }),
      isBare: !this.isProxied,
    }));
  }

  private async finish(socket: Socket, host: string, target: DialTarget, signal: AbortSignal): Promise<Socket> {
    return target.tls === true ? this.secure(socket, host, signal, target.protocols) : socket;
  }

  private async secure(
    socket: Socket,
    host: string,
    signal: AbortSignal,
    protocols: readonly string[] = [],
  ): Promise<Socket> {
    const { secureContext } = this;
    return secureSocket(socket, canonicalHost(host) ?? host, signal, { secureContext, protocols });
  }

  private async within<T>(
    host: string,
    { signal, timeoutMs = 10_000 }: DialLimits,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const name = canonicalHost(host) ?? host;
    const late = (): Error => notConnectedInTime(name, timeoutMs);
    try {
      return await withinDeadline({ signal, timeoutMs, late }, work);
    } catch (error) {
      signal?.throwIfAborted();
      throw error instanceof SourceError ? error : unreachable(name, error);
    }
  }
}
