import type { CheckStep } from './connector.js';
import type { Destination, Dialler, DialTarget } from './egress/dialler.js';
import { failedStep } from './failed-step.js';

export interface CheckReachableOptions {
  /** That of the connector's context. */
  readonly dialler: Dialler;
  readonly signal: AbortSignal;
  /** For each step. Default 10 s. */
  readonly timeoutMs?: number;
}

/** A server at a host: a name or an address, without brackets. */
export type ServerAt = { readonly host: string } & Pick<DialTarget, 'port' | 'tls'>;

/**
 * The steps `dns` and `connect` of a check, the same for every source with an address: whether Muster may connect to it at all, and
 * with TLS whether its certificate is trusted. Stops after the first that fails; credentials are for the step that follows.
 *
 * @param source its URL, for HTTP
 */
export async function* checkReachable(
  source: string | ServerAt,
  { dialler, signal, timeoutMs = 10_000 }: CheckReachableOptions,
): AsyncGenerator<CheckStep, void, void> {
  const { host, port, tls = false } = typeof source === 'string' ? serverOf(source) : source;
  let destination: Destination;
  try {
    destination = await dialler.locate(host, { signal, timeoutMs });
  } catch (error) {
    yield failedStep('dns', error);
    return;
  }
  const addresses = [...destination.addresses];
  yield {
    step: 'dns',
    ok: true,
    message:
      addresses.length === 0
        ? `${host} is left to the proxy: it has no address here.`
        : `${host} has ${addresses.length} address${addresses.length === 1 ? '' : 'es'}.`,
    details: { addresses },
  };
  try {
    (await destination.connect({ port, tls, signal, timeoutMs })).destroy();
  } catch (error) {
    yield failedStep('connect', error, { port });
    return;
  }
  const message = `${host} accepts connections on port ${port}${tls ? ', and its certificate is trusted' : ''}.`;
  yield { step: 'connect', ok: true, message, details: { port } };
}

function serverOf(address: string): ServerAt {
  const { protocol, hostname, port } = new URL(address);
  const tls = protocol === 'https:';
  return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || (tls ? 443 : 80)), tls };
}
