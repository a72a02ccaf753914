import { connect, type Socket } from 'node:net';

/** A TCP connection, made before anything of SSH is said over it: the one place where this connector dials. */
export async function openSocket(
  { host, port }: { host: string; port: number },
  { signal, timeoutMs }: { signal: AbortSignal; timeoutMs: number },
): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, signal, keepAlive: true, noDelay: true });
    const deadline = setTimeout(() => socket.destroy(Object.assign(new Error(), { code: 'ETIMEDOUT' })), timeoutMs);
    socket.once('error', (error) => {
      clearTimeout(deadline);
      reject(error);
    });
    socket.once('connect', () => {
      clearTimeout(deadline);
      socket.removeAllListeners('error');
      // Whoever takes it over listens for itself; what breaks before that shows there as a closed socket.
      socket.on('error', () => undefined);
      resolve(socket);
    });
  });
}
