import { createServer, type OutgoingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a source sends, whatever it is asked; without a body it breaks the connection off after its headers. */
export interface HostileAnswer {
  status: number;
  headers?: OutgoingHttpHeaders;
  body?: string;
}

const anyToken: HostileAnswer = { status: 200, body: '{"access_token":"t","expires_in":3600}' };

/** Something at the address of Acme's HR system that has one answer to everything, and another when asked for a token. */
export class HostileHr {
  private constructor(
    readonly config: { baseUrl: string; clientId: string },
    readonly stop: () => Promise<void>,
  ) {}

  static async start(workers: HostileAnswer, token = anyToken): Promise<HostileHr> {
    const server = createServer((request, response) => {
      const { status, headers, body } = request.url === '/oauth/token' ? token : workers;
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      if (body === undefined) response.write('{', () => response.destroy());
      else response.end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const baseUrl = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    const stop = async (): Promise<void> => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    };
    return new HostileHr({ baseUrl, clientId: 'muster' }, stop);
  }
}
