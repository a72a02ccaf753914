import { Worker } from 'node:worker_threads';
import { type EncodedMessage, type Lane, RejectedRecordError } from '#core';
import type { Logger } from '#telemetry';
import type { PageJobInput } from './page-job.js';
import { type LookUp, PageMapper } from './page-mapper.js';
import type { FromThread, ToThread } from './thread-messages.js';

interface Job {
  number: number;
  input: PageJobInput;
  lookUp: LookUp | null;
  /** Threads that died over it. */
  deaths: number;
  resolve: (message: EncodedMessage) => void;
  reject: (error: unknown) => void;
}

interface Thread {
  worker: Worker;
  jobs: Map<number, Job>;
}

/** One page being worked on, one whose records are being looked up. */
const jobsPerThread = 2;
const maxDeaths = 3;
/** A page's objects die with it: room for a few, not for all that V8 would take. */
const youngGenerationMb = 16;

/** Maps in worker threads. A thread that dies is replaced, and its pages are mapped again. */
export class ThreadedPageMapper extends PageMapper {
  private readonly threads: (Thread | null)[];
  private readonly waiting: Record<Lane, Job[]> = { quick: [], bulk: [] };
  private lastNumber = 0;
  private isClosed = false;

  constructor(private readonly options: { threads: number; file: URL; logger: Logger }) {
    super();
    this.threads = Array.from({ length: options.threads }, () => null);
  }

  override async map(input: PageJobInput, lane: Lane, lookUp: LookUp | null): Promise<EncodedMessage> {
    return new Promise((resolve, reject) => {
      this.lastNumber += 1;
      this.waiting[lane].push({ number: this.lastNumber, input, lookUp, deaths: 0, resolve, reject });
      this.assign();
    });
  }

  override async close(): Promise<void> {
    this.isClosed = true;
    await this.killAll();
  }

  /** Ends every thread at once; unless the mapper is closed, their pages are mapped again by new ones. */
  async killAll(): Promise<void> {
    await Promise.all(this.threads.map(async (thread) => thread?.worker.terminate()));
  }

  private assign(): void {
    if (this.isClosed) return;
    for (;;) {
      const place = this.leastBusy();
      if (place === -1) return;
      const job = this.waiting.quick.shift() ?? this.waiting.bulk.shift();
      if (job === undefined) return;
      const thread = (this.threads[place] ??= this.start(place));
      thread.jobs.set(job.number, job);
      tell(thread, { kind: 'begin', job: job.number, input: job.input, lookUp: job.lookUp !== null });
    }
  }

  /** The place of the thread with the fewest jobs; -1 when all have enough. */
  private leastBusy(): number {
    const sizes = this.threads.map((thread) => thread?.jobs.size ?? 0);
    const least = Math.min(...sizes);
    return least < jobsPerThread ? sizes.indexOf(least) : -1;
  }

  private start(place: number): Thread {
    // What was built runs as it is, whatever flags this process was started with (test runners add import conditions).
    const worker = new Worker(this.options.file, {
      name: `mapper-${place}`,
      execArgv: [],
      resourceLimits: { maxYoungGenerationSizeMb: youngGenerationMb },
    });
    const thread: Thread = { worker, jobs: new Map() };
    worker.on('message', (answer: FromThread) => this.hear(thread, answer));
    worker.on('error', (error: Error) => {
      this.options.logger.error('A mapper thread died and is replaced.', { place, error: error.name });
    });
    worker.on('exit', () => this.bury(place, thread));
    return thread;
  }

  private hear(thread: Thread, answer: FromThread): void {
    const job = thread.jobs.get(answer.job);
    if (job === undefined) return;
    if (answer.kind === 'identified') {
      job.lookUp?.(answer.identities).then(
        (seen) => {
          if (thread.jobs.has(job.number)) tell(thread, { kind: 'finish', job: job.number, seen });
        },
        (error: unknown) => this.end(thread, job, () => job.reject(error)),
      );
    } else if (answer.kind === 'mapped') {
      this.end(thread, job, () => job.resolve(answer.message));
    } else if (answer.kind === 'refused') {
      this.end(thread, job, () => job.reject(new RejectedRecordError(answer.code, answer.message)));
    } else {
      const error = new Error(answer.message);
      error.name = answer.name;
      error.stack = answer.stack;
      this.end(thread, job, () => job.reject(error));
    }
  }

  private end(thread: Thread, job: Job, settle: () => void): void {
    if (!thread.jobs.delete(job.number)) return;
    settle();
    this.assign();
  }

  private bury(place: number, thread: Thread): void {
    if (this.threads[place] === thread) this.threads[place] = null;
    for (const job of thread.jobs.values()) {
      job.deaths += 1;
      if (this.isClosed || job.deaths >= maxDeaths) job.reject(new Error('mapper threads died over a page'));
      else this.waiting.bulk.unshift(job);
    }
    thread.jobs.clear();
    this.assign();
  }
}

function tell({ worker }: Thread, order: ToThread): void {
  worker.postMessage(order);
}
