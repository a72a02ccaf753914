import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { MusterConfig } from '#config';
import { cannotListen } from './cannot-listen.js';
import { notReadyHeaders } from './not-ready.js';

/**
 * Answers the probes of a process that waits for its servers: alive, not ready, and why. Gives the port up to the
 * application when that is ready to listen.
 */
export class WaitingRoom {
  private problem: { code: string; message: string } = { code: 'starting', message: 'Muster is starting.' };
  private readonly since = new Date().toISOString();

  private constructor(private readonly server: Server) {
    server.on('request', ({ url }, response) => {
      const path = url?.split('?')[0];
      if (path === '/healthz') response.writeHead(200, json).end(JSON.stringify({ status: 'ok' }));
      else response.writeHead(503, { ...json, ...notReadyHeaders }).end(JSON.stringify(this.notReady()));
    });
  }

  /** @throws ConfigurationError when the address of the settings can't be listened at */
  static async open(config: Pick<MusterConfig, 'host' | 'port'>): Promise<WaitingRoom> {
    const server = createServer();
    const room = new WaitingRoom(server);
    try {
      server.listen(config.port, config.host);
      await once(server, 'listening');
    } catch (error) {
      throw cannotListen(error, config) ?? error;
    }
    return room;
  }

  tell(code: string, message: string): void {
    this.problem = { code, message };
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private notReady(): object {
    return { status: 'notReady', problems: [{ part: 'start', ...this.problem, since: this.since }] };
  }
}

const json = { 'content-type': 'application/json', 'cache-control': 'no-store' };
