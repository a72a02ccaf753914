import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/**
 * Two ends of one connection within this machine, the first of them unread, for a handle that can be given away: it belongs to no server,
 * which would ask the process that has it how it is.
 */
export async function loopbackPair(): Promise<[Socket, Socket]> {
  const server = createServer({ noDelay: true });
  server.listen(0, '127.0.0.1');
  try {
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('Nothing listens.');
    const theirs = connect({ port: address.port, host: '127.0.0.1', noDelay: true });
    // Before it stands: reading begins with that.
    theirs.pause();
    const [ours] = await Promise.all([accepted(server, theirs), once(theirs, 'connect')]);
    return [theirs, ours];
  } finally {
    server.close();
  }
}

/** Anyone on this machine could be first: only the one that is ours counts. */
async function accepted(server: ReturnType<typeof createServer>, theirs: Socket): Promise<Socket> {
  return new Promise((resolve, reject) => {
    theirs.once('error', reject);
    const others: Socket[] = [];
    const isOurs = (socket: Socket): boolean =>
      theirs.localPort !== undefined && socket.remotePort === theirs.localPort;
    const judge = (socket: Socket): void => {
      socket.on('error', () => undefined);
      if (isOurs(socket)) resolve(socket);
      else if (theirs.localPort === undefined) others.push(socket);
      else socket.destroy();
    };
    server.on('connection', judge);
    theirs.once('connect', () => others.splice(0).forEach(judge));
  });
}
