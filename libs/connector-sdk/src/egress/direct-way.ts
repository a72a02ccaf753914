import { lookup } from 'node:dns/promises';
import { isIP, type Socket } from 'node:net';
import type { SecureContext } from 'node:tls';
import { SourceError } from '../source.errors.js';
import { canonicalHost } from './canonical-host.js';
import type { DialLimits, ResolveHost } from './dialler.js';
import { addressNotAllowed, hostNotAllowed, hostNotFound, proxyUnreachable } from './egress.errors.js';
import type { EgressPolicy } from './egress-policy.js';
import { openSocket } from './open-socket.js';
import { openTunnel } from './proxy-tunnel.js';
import { secureSocket } from './secure-socket.js';
import type { OpenWay, Way, WayLimits } from './way.js';
import { unlessAborted } from './within-deadline.js';

export interface DirectWayOptions {
  readonly policy: EgressPolicy;
  readonly proxy: URL | null;
  readonly resolve: ResolveHost | undefined;
  readonly secureContext: SecureContext | undefined;
}

const NEVER = new AbortController().signal;

/**
 * Connections made by this process. A name is resolved once, all that it resolves to is checked, and the connection is made to what
 * was checked.
 */
export class DirectWay implements Way {
  private readonly resolve: ResolveHost;

  constructor(private readonly options: DirectWayOptions) {
    this.resolve = options.resolve ?? (async (name) => lookup(name, { all: true }));
  }

  async connect(host: string, port: number, limits: WayLimits): Promise<Socket> {
    return (await this.locate(host, limits)).connect(port, limits);
  }

  async locate(host: string, { signal = NEVER }: DialLimits): Promise<OpenWay> {
    const { policy } = this.options;
    const name = canonicalHost(host);
    if (name === null) throw hostNotFound(host);
    if (!policy.allowsHost(name)) throw hostNotAllowed(name);
    const addresses = await this.addressesOf(name, signal);
    for (const address of addresses) {
      const objection = policy.objection(address);
      // One is enough, whatever the others are: a name that leads inside and outside is a mistake or an attempt to get in, and which of its
      // addresses would answer is chance.
      if (objection !== null) throw addressNotAllowed(name, objection);
    }
    return { addresses, connect: async (port, limits) => this.open(name, addresses, port, limits) };
  }

  private async open(
    name: string,
    addresses: readonly string[],
    port: number,
    { signal = NEVER, isPaused = false }: WayLimits,
  ): Promise<Socket> {
    const { proxy } = this.options;
    return proxy === null ? openSocket(addresses, port, { signal, isPaused }) : this.tunnel(proxy, name, port, signal);
  }

  private async addressesOf(name: string, signal: AbortSignal): Promise<readonly string[]> {
    const { proxy } = this.options;
    if (isIP(name) !== 0) return [name];
    // All of it is this machine (RFC 6761 §6.3), whether the system's resolver knows that or not.
    const isLoopback = /(^|\.)localhost\.?$/.test(name);
    try {
      const found = await unlessAborted(this.resolve(isLoopback ? 'localhost' : name), signal);
      if (found.length > 0 || proxy !== null) return found.map(({ address }) => address);
    } catch (error) {
      signal.throwIfAborted();
      if (isLoopback) return ['127.0.0.1', '::1'];
      // Behind a proxy it is common that only the proxy knows the names outside. An address is never among these: it is no name.
      if (proxy !== null) return [];
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code !== 'ENOTFOUND' && code !== 'ENODATA') throw error;
      throw hostNotFound(name, error);
    }
    throw hostNotFound(name);
  }

  /** The proxy is asked for the name, not for what was checked: proxies judge by names, and the operator's proxy is a guard itself. */
  private async tunnel(proxy: URL, name: string, port: number, signal: AbortSignal): Promise<Socket> {
    const { secureContext } = this.options;
    const proxyHost = canonicalHost(proxy.hostname) ?? proxy.hostname;
    const isTls = proxy.protocol === 'https:';
    let way: Socket;
    try {
      const addresses = isIP(proxyHost)
        ? [proxyHost]
        : (await unlessAborted(this.resolve(proxyHost), signal)).map(({ address }) => address);
      way = await openSocket(addresses, Number(proxy.port) || (isTls ? 443 : 80), { signal });
      if (isTls) way = await secureSocket(way, proxyHost, signal, { secureContext });
    } catch (error) {
      throw error instanceof SourceError ? error : proxyUnreachable(name, error);
    }
    const credentials = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
    const authorization = credentials === ':' ? null : `Basic ${Buffer.from(credentials).toString('base64')}`;
    return openTunnel(way, { host: name, port, authorization }, signal);
  }
}
