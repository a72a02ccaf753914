import { type ChildProcess, spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import process from 'node:process';
import type { Readable } from 'node:stream';
import { type FrameKind, FrameReader } from '../protocol/frames.js';
import { type Answer, type ChildMessage, childMessageSchema, type ParentMessage } from '../protocol/messages.js';
import { guardChannel } from './channel-guard.js';
import type { ProcessEnd } from './ended.errors.js';
import { childEntry } from './program-files.js';

/** What the process needs before a connector holds anything, most of it outside the heap. */
const besideHeapMb = 128;
const heapMessage = 'JavaScript heap out of memory';

/** Who is told what comes out of a process. */
export interface ProcessListener {
  message(message: ChildMessage): void;
  part(payload: Buffer): void;
  /** What came was none of these. */
  nonsense(): void;
}

/** A process for one call of a connector: without secrets in its environment, without a way to the network. */
export class ConnectorProcess {
  /** How it ended, once all that it had said has been read. */
  readonly ended: Promise<ProcessEnd>;
  /** Resolves when it can be given its call; never, when it ends before. */
  readonly ready: Promise<void>;
  isReady = false;
  /** Of what it wrote to its standard output and error, which nobody keeps. */
  outputBytes = 0;
  /** What has not been asked for yet falls to nobody. */
  listener: ProcessListener | null = null;
  private readonly child: ChildProcess;
  private readonly beReady: () => void;
  /** Connections that were given to the child, which has not said yet that it has them, by the question they answer. */
  private readonly given = new Map<number, { readonly socket: Socket; readonly over: () => void }>();
  private hasEnded = false;
  private ranOutOfHeap = false;

  constructor(
    readonly files: readonly string[],
    memoryMb: number,
  ) {
    this.child = spawn(
      process.execPath,
      [
        '--permission',
        // For the thread that watches over the parent, before the connector comes in; then the right is given up.
        '--allow-worker',
        '--disable-warning=SecurityWarning',
        ...files.map((path) => `--allow-fs-read=${path}`),
        `--max-old-space-size=${Math.max(32, memoryMb - besideHeapMb)}`,
        childEntry,
        String(process.pid),
      ],
      {
        env: {},
        cwd: '/',
        stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'ipc'],
        // Ctrl-C in a terminal is for Muster alone.
        detached: true,
      },
    );
    const ready = Promise.withResolvers<void>();
    this.ready = ready.promise;
    this.beReady = ready.resolve;
    this.ended = new Promise((resolve) => {
      this.child.once('close', (code, signal) => {
        this.hasEnded = true;
        for (const id of this.given.keys()) this.letGo(id);
        resolve({ code, signal, ranOutOfHeap: this.ranOutOfHeap });
      });
      // Not started at all: `close` follows.
      this.child.on('error', () => undefined);
    });
    this.read();
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  get isOver(): boolean {
    return this.hasEnded;
  }

  send(message: ParentMessage): void {
    if (this.child.connected) this.child.send(message, () => undefined);
  }

  /**
   * Answers a question with a connection. Resolves when the child has it, or is gone. Here it is closed then in any case, which Node
   * does by itself only for a child that lives to say that it came.
   */
  async give(id: number, answer: Answer, socket: Socket): Promise<void> {
    const { promise, resolve: over } = Promise.withResolvers<void>();
    // Of a connection that breaks meanwhile the child hears when it reads.
    socket.on('error', () => undefined);
    this.given.set(id, { socket, over });
    const sent = (error: Error | null): void => {
      if (error !== null) this.letGo(id);
    };
    if (this.child.connected) this.child.send({ type: 'answer', id, answer }, socket, { keepOpen: true }, sent);
    else this.letGo(id);
    return promise;
  }

  kill(): void {
    this.child.kill('SIGKILL');
  }

  private letGo(id: number): void {
    const given = this.given.get(id);
    this.given.delete(id);
    given?.socket.destroy();
    given?.over();
  }

  private read(): void {
    const spoilt = (): void => {
      this.kill();
      this.listener?.nonsense();
    };
    guardChannel(this.child, spoilt);
    const reader = new FrameReader((kind, payload) => this.take(kind, payload));
    const pipe = this.child.stdio[3] as Readable;
    pipe.on('data', (chunk: Buffer) => {
      try {
        reader.push(chunk);
      } catch {
        pipe.destroy();
        spoilt();
      }
    });
    pipe.on('error', () => undefined);
    let tail = '';
    for (const output of [this.child.stdout, this.child.stderr]) {
      output?.on('data', (chunk: Buffer) => {
        this.outputBytes += chunk.length;
        const text = tail + chunk.toString('latin1');
        this.ranOutOfHeap ||= text.includes(heapMessage);
        tail = text.slice(-heapMessage.length);
      });
      output?.on('error', () => undefined);
    }
  }

  private take(kind: FrameKind, payload: Buffer): void {
    if (kind === 'part') return this.listener?.part(payload);
    const message = childMessageSchema.parse(JSON.parse(payload.toString('utf8')));
    if (message.type === 'ready') {
      this.isReady = true;
      this.beReady();
    } else if (message.type === 'held') this.letGo(message.id);
    else this.listener?.message(message);
  }
}
