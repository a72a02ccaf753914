import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** Two ends of one connection within this machine, the first of them unread, for a handle that can be given away. */
export async function loopbackPair(): Promise<[Socket, Socket]> {
  const server = createServer({ pauseOnConnect: true, noDelay: true });
  server.listen(0, '127.0.0.1');
  try {
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('Nothing listens.');
    const ours = connect({ port: address.port, host: '127.0.0.1', noDelay: true });
    const [theirs] = await Promise.all([accepted(server, ours), once(ours, 'connect')]);
    return [theirs, ours];
  } finally {
    server.close();
  }
}

/** Anyone on this machine could be first: only the one that is ours counts. */
async function accepted(server: ReturnType<typeof createServer>, ours: Socket): Promise<Socket> {
  return new Promise((resolve, reject) => {
    ours.once('error', reject);
    const others: Socket[] = [];
    const isOurs = (socket: Socket): boolean => ours.localPort !== undefined && socket.remotePort === ours.localPort;
    const judge = (socket: Socket): void => {
      if (isOurs(socket)) resolve(socket);
      else if (ours.localPort === undefined) others.push(socket);
      else socket.destroy();
    };
    server.on('connection', judge);
    ours.once('connect', () => others.splice(0).forEach(judge));
  });
}
