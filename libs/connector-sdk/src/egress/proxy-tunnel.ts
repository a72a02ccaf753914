import { request } from 'node:http';
import { isIPv6, type Socket } from 'node:net';
import { refusedByProxy } from './egress.errors.js';

/**
 * The way through a proxy to a host (CONNECT, RFC 9110 §9.3.6), over a connection to the proxy. The proxy looks the name up itself.
 *
 * @throws SourceConfigurationError `refusedByProxy`, SourceRetriableError `unreachable` when the proxy cannot reach the host
 */
export async function openTunnel(
  proxy: Socket,
  { host, port, authorization }: { host: string; port: number; authorization: string | null },
  signal: AbortSignal,
): Promise<Socket> {
  const target = `${isIPv6(host) ? `[${host}]` : host}:${port}`;
  const asked = request({
    method: 'CONNECT',
    path: target,
    headers: { host: target, ...(authorization === null ? {} : { 'proxy-authorization': authorization }) },
    createConnection: () => proxy,
    signal,
  });
  return new Promise((resolve, reject) => {
    const giveUp = (error: Error): void => {
      proxy.on('error', () => undefined).destroy();
      reject(error);
    };
    // Comes for refusals as well.
    asked.once('connect', ({ statusCode = 0 }, socket: Socket, first: Buffer) => {
      if (statusCode < 200 || statusCode > 299) return giveUp(refusedByProxy(host, statusCode));
      if (first.length > 0) socket.unshift(first);
      resolve(socket);
    });
    asked.once('error', giveUp);
    asked.end();
  });
}
