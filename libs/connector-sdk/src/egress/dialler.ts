import { lookup } from 'node:dns/promises';
import { isIP, type Socket } from 'node:net';
import { connect as connectTls, createSecureContext, getCACertificates, type SecureContext } from 'node:tls';
import { SourceError } from '../source.errors.js';
import { canonicalHost } from './canonical-host.js';
import {
  addressNotAllowed,
  certificateNotTrusted,
  hostNotAllowed,
  hostNotFound,
  notConnectedInTime,
  proxyUnreachable,
  unreachable,
} from './egress.errors.js';
import { EgressPolicy } from './egress-policy.js';
import { openSocket, untilReady } from './open-socket.js';
import { openTunnel } from './proxy-tunnel.js';
import { unlessAborted, withinDeadline } from './within-deadline.js';

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

/**
 * The one way out: every connection that a connector opens is made here. A name is resolved once, all that it resolves to is checked,
 * and the connection is made to what was checked, so that neither a spelling of an address nor a name that changes its mind
 * leads elsewhere.
 *
 * Errors are `SourceConfigurationError` (`addressNotAllowed`, `hostNotAllowed`, `hostNotFound`, `certificateNotTrusted`,
 * `refusedByProxy`: trying again mends nothing) or `SourceRetriableError` (`unreachable`, `timeout`), or the signal's reason.
 */
export class Dialler {
  private readonly policy: EgressPolicy;
  private readonly resolve: ResolveHost;
  private readonly proxy: URL | null;
  private readonly trust: { secureContext?: SecureContext };

  constructor({ policy, ca, proxy, resolve }: DiallerOptions = {}) {
    this.policy = policy ?? new EgressPolicy();
    this.resolve = resolve ?? (async (name) => lookup(name, { all: true }));
    this.proxy = proxy === undefined || proxy === null ? null : new URL(proxy);
    const own = ca === undefined || ca === null ? null : [...getCACertificates('default'), ca];
    this.trust = own === null ? {} : { secureContext: createSecureContext({ ca: own }) };
  }

  /** `host`: a name or an address, as a setting or a URL has it. */
  async connect({ host, ...target }: DialTarget & { readonly host: string }): Promise<Socket> {
    return this.within(host, target, async (signal) => {
      const destination = await this.locate(host, { ...target, signal });
      return destination.connect({ ...target, signal });
    });
  }

  /** Resolves and checks a host without connecting. */
  async locate(host: string, limits: DialLimits = {}): Promise<Destination> {
    const name = canonicalHost(host);
    if (name === null) throw hostNotFound(host);
    if (!this.policy.allowsHost(name)) throw hostNotAllowed(name);
    const addresses = await this.within(name, limits, (signal) => this.addressesOf(name, signal));
    for (const address of addresses) {
      const objection = this.policy.objection(address);
      // One is enough, whatever the others are: a name that leads inside and outside is a mistake or an attempt to get in, and which of its
      // addresses would answer is chance.
      if (objection !== null) throw addressNotAllowed(name, objection);
    }
    return { addresses, connect: (target) => this.open(name, addresses, target) };
  }

  /** TLS over a connection that has spoken without it so far (STARTTLS), with the same trust and the same check of the host. */
  async startTls(socket: Socket, host: string, limits: DialLimits = {}): Promise<Socket> {
    return this.within(host, limits, (signal) => this.secure(socket, canonicalHost(host) ?? host, signal));
  }

  private async open(name: string, addresses: readonly string[], target: DialTarget): Promise<Socket> {
    return this.within(name, target, async (signal) => {
      const socket =
        this.proxy === null
          ? await openSocket(addresses, target.port, signal)
          : await this.tunnel(this.proxy, name, target.port, signal);
      return target.tls === true ? this.secure(socket, name, signal, target.protocols) : socket;
    });
  }

  private async addressesOf(name: string, signal: AbortSignal): Promise<readonly string[]> {
    if (isIP(name) !== 0) return [name];
    // All of it is this machine (RFC 6761 §6.3), whether the system's resolver knows that or not.
    const isLoopback = /(^|\.)localhost\.?$/.test(name);
    try {
      const found = await unlessAborted(this.resolve(isLoopback ? 'localhost' : name), signal);
      if (found.length > 0 || this.proxy !== null) return found.map(({ address }) => address);
    } catch (error) {
      signal.throwIfAborted();
      if (isLoopback) return ['127.0.0.1', '::1'];
      // Behind a proxy it is common that only the proxy knows the names outside. An address is never among these: it is no name.
      if (this.proxy !== null) return [];
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code !== 'ENOTFOUND' && code !== 'ENODATA') throw error;
      throw hostNotFound(name, error);
    }
    throw hostNotFound(name);
  }

  /** The proxy is asked for the name, not for what was checked: proxies judge by names, and the operator's proxy is a guard itself. */
  private async tunnel(proxy: URL, name: string, port: number, signal: AbortSignal): Promise<Socket> {
    const proxyHost = canonicalHost(proxy.hostname) ?? proxy.hostname;
    const isTls = proxy.protocol === 'https:';
    let way: Socket;
    try {
      const addresses = isIP(proxyHost)
        ? [proxyHost]
        : (await unlessAborted(this.resolve(proxyHost), signal)).map(({ address }) => address);
      way = await openSocket(addresses, Number(proxy.port) || (isTls ? 443 : 80), signal);
      if (isTls) way = await this.secure(way, proxyHost, signal);
    } catch (error) {
      throw error instanceof SourceError ? error : proxyUnreachable(name, error);
    }
    const credentials = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
    const authorization = credentials === ':' ? null : `Basic ${Buffer.from(credentials).toString('base64')}`;
    return openTunnel(way, { host: name, port, authorization }, signal);
  }

  private async secure(
    socket: Socket,
    host: string,
    signal: AbortSignal,
    protocols: readonly string[] = [],
  ): Promise<Socket> {
    const secured = connectTls({
      ...this.trust,
      socket,
      // The certificate is checked against `servername`, or `host` for an address, which has no place in SNI (RFC 6066 §3).
      host,
      servername: isIP(host) === 0 ? host.replace(/\.$/, '') : '',
      ...(protocols.length > 0 ? { ALPNProtocols: [...protocols] } : {}),
    });
    try {
      await untilReady(secured, 'secureConnect', signal);
    } catch (error) {
      const problem = secured.authorizationError as Error | string | null;
      throw problem ? certificateNotTrusted(host, String(problem), error) : error;
    }
    return secured;
  }

  private async within<T>(
    host: string,
    { signal, timeoutMs = 10_000 }: DialLimits,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const late = (): Error => notConnectedInTime(host, timeoutMs);
    try {
      return await withinDeadline({ signal, timeoutMs, late }, work);
    } catch (error) {
      signal?.throwIfAborted();
      throw error instanceof SourceError ? error : unreachable(host, error);
    }
  }
}
