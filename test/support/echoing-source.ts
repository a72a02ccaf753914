import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';

/**
 * How it answers, always with all that it was asked by, credentials included. `error`: 500. `refusal`: 401 that quotes in its
 * `WWW-Authenticate` too. `redirect`: 302 to an address that holds it. `junk`: 200 that is no answer, with a type that says so. `tokenRefusal`: as `refusal`,
 * of the token endpoint already.
 */
export const ECHOES = ['error', 'refusal', 'redirect', 'junk', 'tokenRefusal'] as const;
export type Echo = (typeof ECHOES)[number];

/** A source, and whatever stands before it, that says back what it is told: by HTTP below `/error/` and the like, or byte for byte. */
export class EchoingSource {
  private constructor(
    /** `http://127.0.0.1:port` */
    readonly url: string,
    /** Of the server that answers whatever it is sent with that. */
    readonly tcpPort: number,
    private readonly servers: readonly Server[],
    private readonly sockets: ReadonlySet<Socket>,
  ) {}

  /** @param accessToken what its token endpoint gives */
  static async start(accessToken: string): Promise<EchoingSource> {
    const http = createServer((request, response) => {
      answer(request, response, accessToken).catch(() => response.destroy());
    });
    const tcp = createTcpServer((socket) => {
      socket.on('error', () => undefined);
      socket.pipe(socket);
    });
    const sockets = new Set<Socket>();
    for (const server of [http, tcp]) {
      server.on('connection', (socket: Socket) => sockets.add(socket));
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    }
    const [port, tcpPort] = [http, tcp].map((server) => (server.address() as AddressInfo).port);
    return new EchoingSource(`http://127.0.0.1:${String(port)}`, tcpPort ?? 0, [http, tcp], sockets);
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    for (const server of this.servers) await new Promise<void>((resolve) => server.close(() => resolve()));
  }
}

async function answer(request: IncomingMessage, response: ServerResponse, accessToken: string): Promise<void> {
  const { url = '', headers } = request;
  const asked = JSON.stringify({ url, headers, body: await text(request) });
  const [, credentials = ''] = /^Basic (.*)$/.exec(headers.authorization ?? '') ?? [];
  const echo = `${asked} ${Buffer.from(credentials, 'base64').toString()}`;
  const word = encodeURIComponent(echo);
  const isToken = /token$/.test(new URL(url, 'http://source').pathname);
  const how = url.split('/')[1] as Echo;
  const says = (status: number, more: Record<string, string> = {}): void => {
    response.writeHead(status, { 'content-type': 'application/json', 'x-request-id': word, ...more });
    response.end(JSON.stringify({ error: 'invalid_grant', error_description: echo, access_token: echo, people: echo }));
  };
  if (isToken && how !== 'tokenRefusal') {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ access_token: accessToken, token_type: 'Bearer', expires_in: 3600 }));
    return;
  }
  switch (how) {
    case 'error':
      return says(500);
    case 'refusal':
    case 'tokenRefusal':
      return says(401, { 'www-authenticate': `Bearer realm="${word}", error_description="${word}"` });
    case 'redirect':
      return says(302, { location: `http://127.0.0.1:9/?${word}` });
    default:
      return says(200, { 'content-type': 'text/html' });
  }
}
