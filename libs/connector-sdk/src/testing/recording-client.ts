import { HttpClient } from '../http-client.js';
import type { HttpClientOptions } from '../http-client.js';
import type { HttpRequest, HttpRequestBasics, HttpResponse } from '../http-request.js';
import type { HttpStream, HttpStreamRequest } from '../http-stream.js';
import type { RecordedReply } from './recorded-reply.js';

/** Keeps no more of one body. */
const mostBytes = 8 * 1024 * 1024;

/** The connector's HTTP, which also tells what came: each answer that the connector got to read, with secrets still in it. */
export class RecordingClient extends HttpClient {
  constructor(
    options: HttpClientOptions,
    private readonly tell: (reply: RecordedReply) => void,
  ) {
    super(options);
  }

  override async request<T>(request: HttpRequest<T>): Promise<T> {
    const read = (response: HttpResponse): T => {
      this.record(request, response);
      return request.read(response);
    };
    return super.request({ ...request, read });
  }

  override async stream(request: HttpStreamRequest): Promise<HttpStream> {
    const stream = await super.stream(request);
    return { ...stream, body: this.listened(request, stream) };
  }

  private async *listened(request: HttpStreamRequest, stream: HttpStream): AsyncGenerator<Uint8Array, void, void> {
    const parts: Uint8Array[] = [];
    let bytes = 0;
    try {
      for await (const part of stream.body) {
        bytes += part.length;
        if (bytes <= mostBytes) parts.push(Buffer.from(part));
        yield part;
      }
    } finally {
      this.record(request, { ...stream, body: Buffer.concat(parts) });
    }
  }

  private record({ url, method = 'GET' }: HttpRequestBasics, { status, headers, body }: HttpResponse): void {
    const { pathname, search } = new URL(url);
    const text = Buffer.from(body.subarray(0, mostBytes)).toString('utf8');
    this.tell({
      request: { method, path: `${pathname}${search}` },
      reply: { status, headers: { ...headers }, body: text },
    });
  }
}
