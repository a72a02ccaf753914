import { once } from 'node:events';
import { connect, isIPv6, type Socket } from 'node:net';

/**
 * Node gives each address 250 ms by itself and then breaks off what would have become a connection: too little for a source
 * on another continent. The last address has all the time that is left.
 */
const msPerAddress = 1_500;

/**
 * A connection to the first of the addresses that answers; a name is never looked up here.
 *
 * @throws what the system says (`ECONNREFUSED`), the signal's reason when aborted
 */
export async function openSocket(
  addresses: readonly string[],
  port: number,
  { signal, isPaused = false }: { signal: AbortSignal; isPaused?: boolean },
): Promise<Socket> {
  const found = addresses.map((address) => ({ address, family: isIPv6(address) ? 6 : 4 }));
  const socket = connect({
    // Any word that is no address: with an address here Node would not ask `lookup`, and would try that one alone.
    host: 'checked-addresses',
    port,
    lookup: (_host, _options, answer) => answer(null, found),
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: msPerAddress,
    noDelay: true,
    keepAlive: true,
    keepAliveInitialDelay: 60_000,
  });
  // Before it stands: reading begins with that.
  if (isPaused) socket.pause();
  await untilReady(socket, 'connect', signal);
  return socket;
}

/** Waits for what tells that a connection stands, and leaves none behind when it does not come to that. */
export async function untilReady(
  socket: Socket,
  event: 'connect' | 'secureConnect',
  signal: AbortSignal,
): Promise<void> {
  try {
    await once(socket, event, { signal });
  } catch (error) {
    socket.on('error', () => undefined).destroy();
    throw error;
  }
}
