import { isIP, type Socket } from 'node:net';
import { connect, type SecureContext } from 'node:tls';
import { certificateNotTrusted } from './egress.errors.js';
import { untilReady } from './open-socket.js';

export interface SecureOptions {
  /** Whom to trust; undefined: the authorities that Node knows. */
  readonly secureContext: SecureContext | undefined;
  /** What to agree on by ALPN. */
  readonly protocols?: readonly string[];
}

/**
 * TLS over a connection, the certificate checked against the host.
 *
 * @throws SourceConfigurationError `certificateNotTrusted`, what the system says, the signal's reason when aborted
 */
export async function secureSocket(
  socket: Socket,
  host: string,
  signal: AbortSignal,
  { secureContext, protocols = [] }: SecureOptions,
): Promise<Socket> {
  const secured = connect({
    ...(secureContext === undefined ? {} : { secureContext }),
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
