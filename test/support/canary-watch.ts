import { type DynamicModule, Module } from '@nestjs/common';
import { type EncodedMessage, MessageBus } from '#core';
import { Logger, PinoLogger } from '#telemetry';
import { canary } from './canary.js';

/** The canary as it is, in the three ways that base64 may write it, and Acme's ids of people, which don't hold it. */
const forms = [new RegExp(canary, 'i'), ...[0, 1, 2].map(inBase64), /\bW\d{7,}\b/];

/** How many hits are kept: one is enough to fail, and a leak is seldom alone. */
const most = 20;

/**
 * Looks for people's values where none may be: log lines, metrics, error answers, headers of any answer, keys and headers
 * of messages.
 */
export class CanaryWatch {
  /** What was looked at so far. */
  readonly seen = { lines: 0, expositions: 0, answers: 0, errors: 0, messages: 0 };
  private readonly hits: string[] = [];
  private hitCount = 0;

  /** As a process logs, every level of it, into nothing but this watch. */
  readonly logger: Logger = new PinoLogger({ level: 'debug', destination: { write: (line) => this.line(line) } });

  /** What a process writes. */
  line(text: string): void {
    this.seen.lines += 1;
    this.look('a line of the log', text);
  }

  /** What `/metrics` says. */
  exposition(text: string): void {
    this.seen.expositions += 1;
    for (const line of text.split('\n')) this.look('a metric', line);
  }

  /** An answer of the API: its headers, and its body unless that is what was asked for. */
  answer(request: string, status: number, headers: Headers, body: string): void {
    this.seen.answers += 1;
    for (const [name, value] of headers) this.look(`the header ${name} of ${request}`, value);
    if (status < 400) return;
    this.seen.errors += 1;
    this.look(`the ${String(status)} of ${request}`, body);
  }

  /** A message as it is published. */
  message(address: string, { key, headers }: EncodedMessage): void {
    this.seen.messages += 1;
    this.look(`a key on ${address}`, key);
    for (const [name, value] of Object.entries(headers)) this.look(`the header ${name} on ${address}`, value);
  }

  /** To be one of the application's modules: sees what its bus is given, from the first message on. */
  busModule(): DynamicModule {
    const see = (address: string, message: EncodedMessage): void => this.message(address, message);
    @Module({})
    class WatchedBus {
      constructor(bus: MessageBus) {
        const publish = bus.publish.bind(bus);
        bus.publish = async (address, messages) => {
          for (const message of messages) see(address, message);
          await publish(address, messages);
        };
      }
    }
    return { module: WatchedBus };
  }

  /** Any text in which nothing of a person may be. */
  look(where: string, text: string): void {
    const at = firstHit(text);
    if (at === null) return;
    this.hitCount += 1;
    if (this.hits.length < most) this.hits.push(`${where}: ${text.slice(Math.max(0, at - 200), at + 200).trimEnd()}`);
  }

  /** What was found, with where. */
  get found(): readonly string[] {
    return this.hits;
  }

  /** @throws Error that says where something of a person was seen */
  verify(): void {
    if (this.hitCount === 0) return;
    const shown = this.hits.map((hit) => `\n  - ${hit}`).join('');
    throw new Error(`${String(this.hitCount)} times something of a person is where nothing may be:${shown}`);
  }
}

function firstHit(text: string): number | null {
  const hits = forms.map((form) => text.search(form)).filter((at) => at >= 0);
  return hits.length === 0 ? null : Math.min(...hits);
}

/** What is always the same of the canary's base64 after so many bytes of something else. */
function inBase64(offset: number): RegExp {
  const text = Buffer.concat([Buffer.alloc(offset), Buffer.from(canary)]).toString('base64');
  return new RegExp(text.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + canary.length) * 8) / 6)));
}
