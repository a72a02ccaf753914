import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface Posted {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** A receiver of webhooks in this process that keeps what it is sent. */
export class WebhookSink {
  readonly posted: Posted[] = [];

  /** By path: what it answers to the next ones; 204 when there is none left. */
  readonly statuses = new Map<string, number[]>();

  /** Runs before each answer. */
  beforeAnswer: () => Promise<void> = async () => undefined;

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(): Promise<WebhookSink> {
    const server = createServer((request, response) => {
      void (async () => {
        const { url = '', headers } = request;
        sink.posted.push({ path: url, headers, body: await text(request) });
        await sink.beforeAnswer();
        response.writeHead(sink.statuses.get(url)?.shift() ?? 204).end();
      })();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const sink = new WebhookSink(server, `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`);
    return sink;
  }

  /** What was sent to a path. */
  at(path: string): Posted[] {
    return this.posted.filter((post) => post.path === path);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
