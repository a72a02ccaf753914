import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';

/** An answer with another status than the endpoint's own, or with headers. */
export class Answer<Body> {
  constructor(
    readonly body: Body,
    readonly options: { status?: number; headers?: Readonly<Record<string, string>> } = {},
  ) {}

  static of<Body>(result: Body | Answer<Body>, status: number): Answer<Body> {
    if (!(result instanceof Answer)) return new Answer(result, { status });
    if (result.options.status !== undefined) return result;
    return new Answer(result.body, { ...result.options, status });
  }

  async send(reply: FastifyReply, mediaType = 'application/json; charset=utf-8'): Promise<void> {
    void reply.status(this.options.status ?? 200).headers(this.options.headers ?? {});
    if (this.body === undefined) {
      await reply.send();
      return;
    }
    if (reply.getHeader('content-type') === undefined) void reply.type(mediaType);
    const { body } = this;
    if (isStream(body)) {
      await reply.send(Readable.from(body, { highWaterMark: 1 }));
      return;
    }
    await reply.send(typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body));
  }
}

function isStream(body: unknown): body is AsyncIterable<string> {
  return typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
}

/** The entity tag of a revision. */
export function entityTag(revision: number): string {
  return `"${String(revision)}"`;
}
