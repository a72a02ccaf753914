import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { ProxiedConnection } from './proxied-connection.js';
import type { Wire, WireRequest } from './wire.js';

/** What becomes of connections: all goes through; none is left or made; bytes vanish and connections stay. */
export type Passage = 'open' | 'cut' | 'swallowing';

/** Which answers to keep from the client, after the server has done what was asked. */
export interface AnswerDrop {
  kinds: ReadonlySet<string>;
  left: number;
}

/** A request that is on its way and does not arrive until it is let go. */
export interface HeldRequest {
  /** Resolves when a request is held. */
  caught: Promise<void>;
  release(): void;
}

/** What a proxy saw. */
export interface ProxyCounts {
  droppedAnswers: number;
  /** Writes whose answer was dropped and which came again as the same write. */
  repeated: number;
  /** Writes that the server refused as those of somebody who has been replaced. */
  refused: number;
}

/** Stands between one client process and one server, and harms what passes when it is told to. */
export class ServerProxy {
  readonly counts: ProxyCounts = { droppedAnswers: 0, repeated: 0, refused: 0 };
  delayMs = 0;
  private passage: Passage = 'open';
  private drop: AnswerDrop | null = null;
  private hold: { kind: string; target: string | null; caught(): void; released: Promise<void> } | null = null;
  private readonly connections = new Set<ProxiedConnection>();
  /** Of writes whose answer was dropped. */
  private readonly unanswered = new Set<string>();

  private constructor(
    private readonly server: Server,
    readonly wire: Wire,
    private readonly target: { host: string; port: number },
  ) {
    server.on('connection', (client) => this.accept(client));
  }

  static async start(wire: Wire, target: { host: string; port: number }): Promise<ServerProxy> {
    const server = createServer();
    const proxy = new ServerProxy(server, wire, target);
    // Five digits, as addresses are replaced in place.
    do {
      if (server.listening) await closed(server);
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
    } while (proxy.port < 10_000);
    return proxy;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** From now on, and for the connections that are there: those that were harmed stay so until they are given up. */
  set(passage: Passage): void {
    this.passage = passage;
    for (const connection of this.connections) connection.set(passage);
  }

  /** Keeps the next answers to requests of these kinds, and resets the connection each time. */
  dropAnswers(kinds: readonly string[], count: number): void {
    this.drop = count === 0 ? null : { kinds: new Set(kinds), left: count };
  }

  /**
   * Holds the next request of a kind on a target back, and all that follows it on its connection. Letting go before
   * one has come ends the wait for it.
   */
  holdNext(kind: string, target: string | null = null): HeldRequest {
    const caught = Promise.withResolvers<void>();
    const released = Promise.withResolvers<void>();
    this.hold = { kind, target, caught: () => caught.resolve(), released: released.promise };
    return {
      caught: caught.promise,
      release: () => {
        this.hold = null;
        released.resolve();
      },
    };
  }

  async close(): Promise<void> {
    for (const connection of this.connections) connection.reset();
    await closed(this.server);
  }

  /** When a request may go on; null: now. */
  holds({ kind, target }: WireRequest): Promise<void> | null {
    const { hold } = this;
    if (hold?.kind !== kind || hold.target !== target) return null;
    this.hold = null;
    hold.caught();
    return hold.released;
  }

  sawRequest({ identity }: WireRequest): void {
    if (identity !== null && this.unanswered.delete(identity)) this.counts.repeated += 1;
  }

  /** Whether the answer to this request is to be kept. */
  keepsAnswer({ kind, identity }: WireRequest): boolean {
    const { drop } = this;
    if (drop === null || !drop.kinds.has(kind)) return false;
    drop.left -= 1;
    if (drop.left === 0) this.drop = null;
    this.counts.droppedAnswers += 1;
    if (identity !== null) this.unanswered.add(identity);
    return true;
  }

  private accept(client: Socket): void {
    if (this.passage === 'cut') {
      client.resetAndDestroy();
      return;
    }
    const connection = new ProxiedConnection(client, this.target, this);
    connection.set(this.passage);
    this.connections.add(connection);
    connection.onEnd(() => this.connections.delete(connection));
  }
}

async function closed(server: Server): Promise<void> {
  await new Promise<void>((resolve) => server.close(() => resolve()));
}
