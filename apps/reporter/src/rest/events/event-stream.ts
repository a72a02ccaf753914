import type { FastifyReply } from 'fastify';
import { Answer } from '../http/answer.js';

/** One event of a stream. `id` is what its reader resumes from; events without one change nothing about that. */
export interface StreamEvent {
  event: string;
  id?: number;
  data: unknown;
}

/** A reader that takes nothing for so long that this many bytes wait is let go; it resumes where it was. */
const mostWaitingBytes = 1024 * 1024;
/** How long a reader waits before it comes again after a loss. */
const retryMs = 1000;

/** Server-sent events (WHATWG HTML §9.2) to one reader: an answer that goes on until one side ends it. */
export class EventStream extends Answer<undefined> {
  private reply: FastifyReply | null = null;
  private hasEnded = false;

  /**
   * @param onOpen called once, when events can be sent
   * @param onClose called once, whichever side ended it
   */
  constructor(
    private readonly onOpen: (stream: EventStream) => void,
    private readonly onClose: () => void,
  ) {
    super(undefined, { status: 200 });
  }

  override async send(reply: FastifyReply): Promise<void> {
    reply.hijack();
    const { raw } = reply;
    raw.once('close', () => {
      this.hasEnded = true;
      this.onClose();
    });
    for (const [name, value] of Object.entries(reply.getHeaders())) if (value !== undefined) raw.setHeader(name, value);
    raw.setHeader('content-type', 'text/event-stream; charset=utf-8');
    // A proxy that collects or packs answers would hold events back.
    raw.setHeader('cache-control', 'no-store, no-transform');
    raw.setHeader('x-accel-buffering', 'no');
    raw.writeHead(200);
    raw.write(`retry: ${String(retryMs)}\n\n`);
    this.reply = reply;
    this.onOpen(this);
  }

  emit({ event, id, data }: StreamEvent): void {
    const idLine = id === undefined ? '' : `id: ${String(id)}\n`;
    this.write(`event: ${event}\n${idLine}data: ${JSON.stringify(data)}\n\n`);
  }

  /** Tells the reader what to resume from, without an event. */
  mark(id: number): void {
    this.write(`id: ${String(id)}\n\n`);
  }

  /** Keeps what is between here and the reader from taking the stream for dead. */
  heartbeat(): void {
    this.write(':\n\n');
  }

  /** True while the reader is slower than what is sent: what can be left out should be. */
  get isSlow(): boolean {
    return this.reply?.raw.writableNeedDrain === true;
  }

  end(): void {
    if (this.hasEnded) return;
    this.hasEnded = true;
    this.reply?.raw.end();
  }

  private write(text: string): void {
    const raw = this.reply?.raw;
    if (this.hasEnded || raw === undefined) return;
    raw.write(text);
    if (raw.writableLength > mostWaitingBytes) raw.destroy();
  }
}
