import { Socket } from 'node:net';
import process from 'node:process';
import { newFrame, payloadOf } from '../protocol/frames.js';
import type { Answer, CallMessage, ChildMessage, ParentMessage, Question } from '../protocol/messages.js';
import { toldAs } from '../protocol/told-error.js';

/** So many bytes of records are on their way at most, besides a single part that is larger. */
const windowBytes = 4 * 1024 * 1024;
const pipe = 3;

/** What came as an answer; a socket with that to `connect`. */
export interface Answered {
  readonly value: unknown;
  readonly socket: Socket | undefined;
}

/**
 * The child's end of the way to its parent. What it says goes by a pipe, in order; what it is told, and sockets, come by the
 * channel of the process, which nothing else in here may use to speak.
 */
export class ParentLink {
  private readonly out = new Socket({ fd: pipe, readable: false, writable: true });
  private readonly waiting = new Map<number, { resolve(answered: Answered): void; reject(error: Error): void }>();
  private lastId = 0;
  private inFlight = 0;
  private moreRoom = Promise.withResolvers<undefined>();

  private constructor(private readonly take: { call(call: CallMessage): void; abort(): void }) {}

  /** The child ends with its parent. */
  static open(take: { call(call: CallMessage): void; abort(): void }): ParentLink {
    const link = new ParentLink(take);
    // The parent is gone, and whatever happens to this process does not matter any more.
    link.out.on('error', () => process.exit(1));
    process.on('disconnect', () => process.exit(1));
    process.on('message', (message: ParentMessage, socket: Socket | undefined) => link.receive(message, socket));
    delete process.send;
    return link;
  }

  tell(message: ChildMessage): void {
    // All is said, and what else comes up, such as a ping, changes nothing.
    if (this.out.writableEnded) return;
    const text = Buffer.from(JSON.stringify(message));
    const frame = newFrame('message', text.length);
    text.copy(payloadOf(frame));
    this.out.write(frame);
  }

  /** Hands a part over; resolves when there is room for another. */
  async hand(frame: Buffer): Promise<void> {
    this.inFlight += frame.length;
    this.out.write(frame);
    while (this.inFlight > windowBytes) await this.moreRoom.promise;
  }

  /** @throws what the parent answers with; the signal's reason when aborted, after which the answer is dropped */
  async ask(question: Question, signal?: AbortSignal): Promise<Answered> {
    signal?.throwIfAborted();
    const id = (this.lastId += 1);
    const { promise, resolve, reject } = Promise.withResolvers<Answered>();
    const abort = (): void => {
      this.waiting.delete(id);
      this.tell({ type: 'forget', id });
      reject(signal?.reason as Error);
    };
    this.waiting.set(id, { resolve, reject });
    signal?.addEventListener('abort', abort, { once: true });
    this.tell({ type: 'ask', id, question });
    try {
      return await promise;
    } finally {
      signal?.removeEventListener('abort', abort);
    }
  }

  /** Resolves when all that was said is out. */
  async flush(): Promise<void> {
    await new Promise<void>((resolve) => this.out.end(() => resolve()));
  }

  private receive(message: ParentMessage, socket: Socket | undefined): void {
    if (message.type === 'call') this.take.call(message);
    else if (message.type === 'abort') this.take.abort();
    else if (message.type === 'ping') this.tell({ type: 'pong' });
    else if (message.type === 'taken') this.makeRoom(message.bytes);
    else this.settle(message.id, message.answer, socket);
  }

  private makeRoom(bytes: number): void {
    this.inFlight -= bytes;
    this.moreRoom.resolve(undefined);
    this.moreRoom = Promise.withResolvers();
  }

  private settle(id: number, answer: Answer, socket: Socket | undefined): void {
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    if (socket !== undefined) this.tell({ type: 'held', id });
    if (waiting === undefined) socket?.destroy();
    else if ('error' in answer) waiting.reject(toldAs(answer.error));
    else waiting.resolve({ value: answer.value, socket });
  }
}
