import type { CheckStep, FetchEnd } from '#connector-sdk';
import type { ConnectorCall, ConnectorRun, FetchedPart, FetchStart, RunStatistics } from '../connector-runner.port.js';
import { frameBytesOf } from '../protocol/frames.js';
import type { CallMessage, ChildMessage, Question } from '../protocol/messages.js';
import { decodePart } from '../protocol/part-frame.js';
import { tellError, toldAs } from '../protocol/told-error.js';
import { answerQuestion } from './answer-question.js';
import type { ConnectorLimits } from './connector-limits.js';
import type { ConnectorProcess, ProcessListener } from './connector-process.js';
import { ConnectorWatch } from './connector-watch.js';
import { brokeProtocol, crashed, deaf, type Ended, notStarted, outOfMemory, tooManyRecords } from './ended.errors.js';
import { Inbox } from './inbox.js';
import { builtModule } from './program-files.js';

const maxQuestions = 256;
const maxLogs = 1_000;
const maxSteps = 100;
/** More than a child sends before it waits for its parent. */
const maxUntakenBytes = 32 * 1024 * 1024;
/** A quarter of what the child sends before it waits, so that it never waits for what was taken. */
const tellTakenBytes = 1024 * 1024;
/** For a child that has been told to end, to say that it hears. */
const hearsWithinMs = 2_000;
/** For an answer that must not be lost: a request takes 30 s at most. */
const finishesWithinMs = 60_000;
const lookEveryMs = 250;

type Item =
  | { readonly kind: 'part'; readonly part: FetchedPart; readonly bytes: number }
  | { readonly kind: 'step'; readonly step: CheckStep }
  | { readonly kind: 'end'; readonly end: FetchEnd | null };

export interface ChildRunParts {
  readonly call: ConnectorCall;
  readonly moduleUrl: string;
  readonly limits: ConnectorLimits;
  start(): ConnectorProcess;
  /** Tells of a connector that was ended, or that ended itself. */
  noteEnded(ended: Ended): void;
  /** Tells that the process is gone; `outputBytes`: what it wrote where nobody reads. */
  noteGone(outputBytes: number): void;
}

/** One call of a connector in a process of its own. What comes from there is checked before anything is made of it. */
export class ChildRun implements ConnectorRun, ProcessListener {
  private readonly inbox = new Inbox<Item>();
  private readonly questions = new Map<number, AbortController>();
  private process: ConnectorProcess | null = null;
  private watch: ConnectorWatch | null = null;
  private spent: RunStatistics = { requests: 0, retries: 0, retriesByStatus: {}, byStatus: {} };
  private untakenBytes = 0;
  private untoldBytes = 0;
  private records = 0;
  private logs = 0;
  private steps = 0;
  private storing = 0;
  /** Requests that wait for the source's budget: it is not the connector that says nothing. */
  private taking = 0;
  /** Of the child, under way: their answers must not be lost. */
  private mustFinish = 0;
  private hears = Promise.withResolvers<undefined>();
  private hasFinished = false;
  private readonly abort = (): void => this.inbox.fail(this.parts.call.signal.reason);

  constructor(private readonly parts: ChildRunParts) {}

  async *fetch(start: FetchStart): AsyncGenerator<FetchedPart, FetchEnd, void> {
    this.begin('fetch', start);
    for (;;) {
      const item = await this.inbox.next();
      if (item.kind === 'part') {
        yield item.part;
        this.taken(item.bytes);
      } else if (item.kind === 'end' && item.end !== null) {
        return item.end;
      } else {
        throw this.end(brokeProtocol('answered a fetch with something else'));
      }
    }
  }

  async *check(): AsyncGenerator<CheckStep, void, void> {
    this.begin('check');
    for (;;) {
      const item = await this.inbox.next();
      if (item.kind === 'end') return;
      if (item.kind === 'part') throw this.end(brokeProtocol('answered a check with records'));
      yield item.step;
    }
  }

  async commit(): Promise<void> {
    if (this.parts.call.connector.commit === undefined) return;
    this.begin('commit');
    const { kind } = await this.inbox.next();
    if (kind !== 'end') throw this.end(brokeProtocol('answered a commit with something else'));
  }

  statistics(): RunStatistics {
    return this.spent;
  }

  async close(): Promise<void> {
    const { process } = this;
    if (process === null) return;
    this.parts.call.signal.removeEventListener('abort', this.abort);
    this.watch?.stop();
    if (!this.hasFinished && !process.isOver) {
      this.hears = Promise.withResolvers();
      process.send({ type: 'abort' });
      process.send({ type: 'ping' });
      const isGone = await Promise.race([process.ended, this.patience()]);
      if (isGone === 'impatient' && !this.hasFinished) this.end(deaf());
    }
    // All that it had to say is here.
    process.kill();
    await process.ended;
    for (const question of this.questions.values()) question.abort();
  }

  message(message: ChildMessage): void {
    this.watch?.alive();
    switch (message.type) {
      case 'pong':
        return this.hears.resolve(undefined);
      case 'ask':
        return void this.answer(message.id, message.question);
      case 'forget':
        return this.questions.get(message.id)?.abort();
      case 'progress':
        return this.watch?.yielded();
      case 'mustFinish':
        this.mustFinish = message.requests;
        return undefined;
      case 'rest':
        return this.parts.call.budget?.rest({ status: message.status, ms: message.ms });
      case 'statistics':
        this.spent = message.statistics;
        return undefined;
      case 'log':
        this.logs += 1;
        if (this.logs <= maxLogs) this.parts.call.log(message);
        return undefined;
      case 'step':
        this.steps += 1;
        if (this.steps > maxSteps) return void this.end(brokeProtocol('took too many steps for a check'));
        return this.put({ kind: 'step', step: message.step as CheckStep });
      case 'end':
        this.hasFinished = true;
        return this.put({ kind: 'end', end: message.end as FetchEnd | null });
      case 'failed':
        this.hasFinished = true;
        return this.inbox.failAfterAll(toldAs(message.error));
      case 'crashed':
        return void this.end(crashed({ code: 1, signal: null }, toldAs(message.error)));
      case 'ready':
      case 'held':
        return undefined;
    }
  }

  part(payload: Buffer): void {
    this.watch?.alive();
    const bytes = frameBytesOf(payload);
    this.untakenBytes += bytes;
    if (this.untakenBytes > maxUntakenBytes) return void this.end(brokeProtocol('sent more than it may'));
    const part = decodePart(payload);
    this.records += part.records.length;
    if (this.records > this.parts.limits.maxRecords) return void this.end(tooManyRecords(this.parts.limits));
    return this.put({ kind: 'part', part, bytes });
  }

  nonsense(): void {
    this.end(brokeProtocol('said what cannot be understood'));
  }

  private begin(what: CallMessage['what'], start: FetchStart = noStart): void {
    const { call, moduleUrl, limits } = this.parts;
    const { config, secrets, state, signal, dialler } = call;
    const hasInbox = call.inbox !== undefined;
    const hasBudget = call.budget !== undefined;
    signal.throwIfAborted();
    signal.addEventListener('abort', this.abort, { once: true });
    const process = this.parts.start();
    this.process = process;
    process.listener = this;
    this.watch = new ConnectorWatch(
      {
        pid: process.pid,
        isAwaited: () => this.inbox.isAwaited && this.taking === 0,
        ping: () => process.send({ type: 'ping' }),
        end: (ended) => void this.end(ended),
      },
      limits,
    );
    const built = builtModule(moduleUrl);
    void process.ready.then(() => {
      this.watch?.ready();
      const given = { config, secrets, state, ...noStart, ...start, hasInbox, hasBudget, trusted: dialler.trusted };
      process.send({ type: 'call', what, moduleUrl: built, ...given });
    });
    void process.ended.then((how) => {
      this.watch?.stop();
      if (!this.hasFinished && !signal.aborted) {
        this.end(how.ranOutOfHeap ? outOfMemory(limits) : process.isReady ? crashed(how) : notStarted(how));
      }
      this.parts.noteGone(process.outputBytes);
    });
  }

  private put(item: Item): void {
    this.watch?.yielded();
    this.inbox.put(item);
  }

  /** Tells the child now and then: it goes on sending meanwhile. */
  private taken(bytes: number): void {
    this.untakenBytes -= bytes;
    this.untoldBytes += bytes;
    if (this.untoldBytes < tellTakenBytes) return;
    this.process?.send({ type: 'taken', bytes: this.untoldBytes });
    this.untoldBytes = 0;
  }

  /** Ends the process; who waits for it is told why. */
  private end(ended: Ended): Error {
    if (!this.hasFinished) {
      this.hasFinished = true;
      this.parts.noteEnded(ended);
      this.inbox.fail(ended.error);
      this.watch?.stop();
      this.process?.kill();
    }
    return ended.error;
  }

  private get mustWait(): boolean {
    return (this.storing > 0 || this.mustFinish > 0) && this.process?.isOver === false;
  }

  private async answer(id: number, question: Question): Promise<void> {
    const { process } = this;
    if (process === null) return;
    if (this.questions.size >= maxQuestions) return void this.end(brokeProtocol('asked too much at once'));
    if (this.questions.has(id)) return void this.end(brokeProtocol('asked two things under one number'));
    const controller = new AbortController();
    this.questions.set(id, controller);
    const stores = question.what === 'replaceSecret' ? 1 : 0;
    const takes = question.what === 'takeRequest' ? 1 : 0;
    this.storing += stores;
    this.taking += takes;
    try {
      const { value, socket } = await answerQuestion(this.parts.call, question, controller.signal);
      if (controller.signal.aborted) socket?.destroy();
      else if (socket === undefined) process.send({ type: 'answer', id, answer: { value } });
      else await process.give(id, { value }, socket);
    } catch (error) {
      process.send({ type: 'answer', id, answer: { error: tellError(error) } });
    } finally {
      this.questions.delete(id);
      this.storing -= stores;
      this.taking -= takes;
    }
  }

  /**
   * How long a child is given to end by itself. A secret that is on its way, or is being stored, is waited for: the source has
   * taken the old one back.
   */
  private async patience(): Promise<'impatient'> {
    const hears = await Promise.race([this.hears.promise.then(() => true), pause(hearsWithinMs)]);
    if (hears !== true) return 'impatient';
    await pause(this.parts.limits.endsWithinMs);
    for (let waited = 0; this.mustWait && waited < finishesWithinMs; waited += lookEveryMs) await pause(lookEveryMs);
    return 'impatient';
  }
}

const noStart = { cursor: null, person: null, mappingVersion: null, reread: false };

async function pause(ms: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, ms).unref());
}
