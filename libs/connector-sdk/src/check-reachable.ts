import { lookup } from 'node:dns/promises';
import { connect } from 'node:net';
import type { CheckStep } from './connector.js';

/**
 * The steps `dns` and `connect` of a check, the same for every source with an address. Stops after the first that fails;
 * credentials and certificates are for the step that follows.
 */
export async function* checkReachable(
  address: string,
  options: { signal: AbortSignal; timeoutMs?: number },
): AsyncGenerator<CheckStep, void, void> {
  const url = new URL(address);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80));
  let addresses: string[];
  try {
    addresses = (await lookup(host, { all: true })).map(({ address: found }) => found);
  } catch {
    yield { step: 'dns', ok: false, message: `The host name ${host} cannot be resolved. Check the address.` };
    return;
  }
  yield {
    step: 'dns',
    ok: true,
    message: `${host} has ${addresses.length} address${addresses.length === 1 ? '' : 'es'}.`,
    details: { addresses },
  };
  const problem = await connectOnce(host, port, options.signal, options.timeoutMs ?? 10_000);
  yield problem === null
    ? { step: 'connect', ok: true, message: `${host} accepts connections on port ${port}.`, details: { port } }
    : {
        step: 'connect',
        ok: false,
        message: `${host} does not accept connections on port ${port} (${problem}). Check address, port and firewall.`,
        details: { port },
      };
}

async function connectOnce(host: string, port: number, signal: AbortSignal, timeoutMs: number): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, signal, timeout: timeoutMs });
    const end = (problem: string | null): void => {
      socket.destroy();
      resolve(problem);
    };
    socket.once('connect', () => end(null));
    socket.once('timeout', () => end(`no answer within ${timeoutMs} ms`));
    socket.once('error', (error: NodeJS.ErrnoException) => end(error.code ?? 'failed'));
  });
}
