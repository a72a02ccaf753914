import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Passage, ServerProxy } from './server-proxy.js';
import type { WireRequest } from './wire.js';

/** One client's connection through a proxy. */
export class ProxiedConnection {
  private readonly upstream: Socket;
  private readonly requests = new Map<number, WireRequest>();
  /** Bytes that once vanished leave no protocol to go on with: it swallows until somebody gives it up. */
  private swallows = false;
  private toServer: Promise<void> = Promise.resolve();
  private toClient: Promise<void> = Promise.resolve();
  private ended: () => void = () => undefined;

  constructor(
    private readonly client: Socket,
    target: { host: string; port: number },
    private readonly proxy: ServerProxy,
  ) {
    this.upstream = connect(target);
    const { wire } = proxy;
    const requests = wire.splitter();
    const answers = wire.splitter();
    for (const socket of [client, this.upstream]) {
      socket.setNoDelay(true);
      // `close` follows.
      socket.on('error', () => undefined);
    }
    client.on('close', () => this.reset());
    this.upstream.on('close', () => {
      // Whoever holds a half-open connection does not hear of its end.
      if (!this.swallows) this.reset();
    });
    client.on('data', (chunk: Buffer) => {
      for (const frame of requests.push(chunk)) this.pass(frame);
    });
    this.upstream.on('data', (chunk: Buffer) => {
      for (const frame of answers.push(chunk)) this.answer(frame);
    });
  }

  set(passage: Passage): void {
    if (passage === 'cut') this.reset();
    if (passage === 'swallowing') this.swallows = true;
  }

  onEnd(ended: () => void): void {
    this.ended = ended;
  }

  reset(): void {
    if (!this.client.destroyed) this.client.resetAndDestroy();
    if (!this.upstream.destroyed) this.upstream.destroy();
    this.ended();
  }

  private pass(frame: Buffer): void {
    const request = this.proxy.wire.request(frame);
    if (request !== null) {
      this.requests.set(request.id, request);
      this.proxy.sawRequest(request);
    }
    const held = request === null ? null : this.proxy.holds(request);
    this.toServer = this.after(this.toServer, held, () => this.upstream.write(frame));
  }

  private answer(frame: Buffer): void {
    const { wire, port } = this.proxy;
    const id = wire.answers(frame);
    const request = this.requests.get(id);
    this.requests.delete(id);
    const kind = request?.kind ?? 'other';
    if (request !== undefined) this.proxy.counts.refused += wire.refusals(frame, kind);
    if (request !== undefined && !this.swallows && this.proxy.keepsAnswer(request)) {
      this.reset();
      return;
    }
    this.toClient = this.after(this.toClient, null, () => this.client.write(wire.readdressed(frame, kind, port)));
  }

  /** In order, each after the delay that is set when it comes. */
  private async after(before: Promise<void>, held: Promise<void> | null, send: () => void): Promise<void> {
    const { delayMs } = this.proxy;
    const due = performance.now() + delayMs;
    await before;
    await held;
    const leftMs = due - performance.now();
    if (delayMs > 0 && leftMs > 0) await sleep(leftMs);
    if (!this.swallows) send();
  }
}
