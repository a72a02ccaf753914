import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { ApiKeyId } from '#core';
import { ProblemError } from '../http/problem.errors.js';
import { EventStream } from './event-stream.js';

/** Streams that one key may have open at once, in each process. */
export const streamsPerKey = 20;
const heartbeatEveryMs = 15_000;
/** After so long a reader comes anew, and its key is judged anew. */
const longestMs = 15 * 60 * 1000;

/** All streams that this process has open: bounded for each key, kept awake, and ended when the process is to stop. */
@Injectable()
export class EventStreams implements OnModuleDestroy {
  private readonly byKey = new Map<ApiKeyId, Set<EventStream>>();
  private isStopping = false;

  /**
   * @param begin called when events can be sent; gives what is to be done when the stream is over
   * @throws ProblemError `tooManyStreams`
   */
  open(key: ApiKeyId, begin: (stream: EventStream) => () => void): EventStream {
    const open = this.byKey.get(key) ?? new Set();
    if (open.size >= streamsPerKey) {
      const detail = `This key has ${String(streamsPerKey)} event streams open at this server. End one of them, or read lists instead.`;
      throw new ProblemError('tooManyStreams', detail, [], { 'retry-after': '10' });
    }
    let finish = (): void => {};
    const timers: NodeJS.Timeout[] = [];
    const stream = new EventStream(
      (opened) => {
        timers.push(setInterval(() => opened.heartbeat(), heartbeatEveryMs).unref());
        timers.push(setTimeout(() => opened.end(), longestMs).unref());
        finish = begin(opened);
        if (this.isStopping) opened.end();
      },
      () => {
        for (const timer of timers) clearTimeout(timer);
        open.delete(stream);
        if (open.size === 0) this.byKey.delete(key);
        finish();
      },
    );
    open.add(stream);
    this.byKey.set(key, open);
    return stream;
  }

  onModuleDestroy(): void {
    this.isStopping = true;
    for (const streams of this.byKey.values()) for (const stream of streams) stream.end();
  }
}
