import { setTimeout as sleep } from 'node:timers/promises';
import { type SnapshotPage, type Sync, maxInlineBytes } from '#core';
import type { PagePublishing, WaitingPage } from './page-publishing.js';

/** Between published and planned: enough to keep every role busy, few enough to keep the bus short. */
const maxInFlight = 16;
/** Stored pages that wait for their turn before the source is made to wait. */
const maxWaiting = 8;
const maxTogether = 4;
const windowPollMs = 4;
const pipelinePollMs = 500;

/**
 * Publishes stored pages of one sync in order, at most 16 ahead of planning, and not before the sync may enter the
 * pipeline. Runs beside whoever stores them.
 */
export class PagePublisher {
  private readonly waiting: WaitingPage[] = [];
  private readonly pumping: Promise<void>;
  private readonly stop = new AbortController();
  private readonly signal: AbortSignal;
  private inPipeline: boolean;
  private planned = 0;
  private isClosed = false;
  private failure: { error: unknown } | null = null;
  private wakeUp: () => void = () => undefined;

  /** `published`: pages that count as published already. Every page that is offered adds one. */
  constructor(
    private readonly publishing: PagePublishing,
    private readonly sync: Sync,
    private readonly claim: number,
    private published: number,
    signal: AbortSignal,
  ) {
    this.signal = AbortSignal.any([signal, this.stop.signal]);
    this.inPipeline = sync.inPipeline;
    this.signal.addEventListener('abort', () => this.wakeUp(), { once: true });
    this.pumping = this.pump().catch((error: unknown) => {
      this.failure = { error };
    });
  }

  /** Takes a stored page; resolves when the next may come. Rejects when publishing failed. */
  async offer(page: SnapshotPage, body: Uint8Array | null): Promise<void> {
    this.throwIfFailed();
    // While another sync is in the pipeline this one may store on and on: most bodies are left to the store.
    const isKept = this.waiting.length < maxWaiting && page.bytes <= maxInlineBytes;
    this.waiting.push({ page, body: isKept ? body : null });
    this.wakeUp();
    while (this.inPipeline && this.waiting.length >= maxWaiting && this.failure === null) {
      await sleep(windowPollMs, undefined, { signal: this.signal });
    }
    this.throwIfFailed();
  }

  /**
   * Resolves `published` when all is published, `refused` when another live sync of the integration is in the
   * pipeline; then nothing was published.
   */
  async finish(): Promise<'published' | 'refused'> {
    this.throwIfFailed();
    if (!(await this.enter())) {
      await this.abandon();
      return 'refused';
    }
    this.isClosed = true;
    this.wakeUp();
    await this.pumping;
    this.throwIfFailed();
    return 'published';
  }

  /** Publishes nothing more; resolves when nothing is under way. */
  async abandon(): Promise<void> {
    this.stop.abort();
    this.wakeUp();
    await this.pumping;
  }

  private throwIfFailed(): void {
    if (this.failure !== null) throw this.failure.error;
  }

  private async enter(): Promise<boolean> {
    this.inPipeline ||= await this.publishing.enterPipeline(this.sync);
    return this.inPipeline;
  }

  private async pump(): Promise<void> {
    for (;;) {
      this.signal.throwIfAborted();
      if (this.waiting.length === 0) {
        if (this.isClosed) return;
        await new Promise<void>((resolve) => {
          this.wakeUp = resolve;
        });
        continue;
      }
      if (!(await this.enter())) {
        await sleep(pipelinePollMs, undefined, { signal: this.signal });
        continue;
      }
      const room = await this.room();
      if (room === 0) await sleep(windowPollMs, undefined, { signal: this.signal });
      else await this.publish(this.waiting.splice(0, Math.min(room, maxTogether)));
    }
  }

  private async room(): Promise<number> {
    if (this.published - this.planned >= maxInFlight) {
      this.planned = await this.publishing.plannedPages(this.sync);
    }
    return Math.max(0, maxInFlight - (this.published - this.planned));
  }

  private async publish(pages: readonly WaitingPage[]): Promise<void> {
    await this.publishing.publish(this.sync, this.claim, pages);
    this.published += pages.length;
  }
}
