import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** An address that stays while the server behind it goes and comes back elsewhere, as behind a load balancer. */
export class SteadyAddress {
  private readonly server: Server;
  private readonly held: Socket[] = [];
  private watched: { left: number; reached: () => void } | null = null;

  private constructor(private readonly target: () => string) {
    this.server = createServer((client) => this.forward(client));
  }

  /** `target`: where the server is now. */
  static async start(target: () => string): Promise<SteadyAddress> {
    const address = new SteadyAddress(target);
    address.server.listen(0, '127.0.0.1');
    await once(address.server, 'listening');
    return address;
  }

  get url(): string {
    return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}`;
  }

  /** Resolves when so many bytes of answers have come; no more comes of that connection, until it is broken off. */
  async holdAfter(bytes: number): Promise<void> {
    await new Promise<void>((reached) => (this.watched = { left: bytes, reached }));
  }

  /** Ends the connections of which nothing more comes. */
  breakOff(): void {
    for (const connection of this.held.splice(0)) connection.destroy();
  }

  stop(): void {
    this.breakOff();
    this.server.close();
  }

  private forward(client: Socket): void {
    const { hostname, port } = new URL(this.target());
    const server = connect(Number(port), hostname);
    client.on('data', (bytes) => server.write(bytes));
    server.on('data', (bytes: Buffer) => {
      const { watched } = this;
      if (watched === null) {
        client.write(bytes);
        return;
      }
      client.write(bytes.subarray(0, watched.left));
      watched.left -= bytes.length;
      if (watched.left > 0) return;
      server.pause();
      this.held.push(server);
      this.watched = null;
      watched.reached();
    });
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      one.on('close', () => other.destroy()).on('error', () => other.destroy());
    }
  }
}
