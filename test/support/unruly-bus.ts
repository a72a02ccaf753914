import { setTimeout as sleep } from 'node:timers/promises';
import { type EncodedMessage, type MessageBus, topicAddress } from '#core';

interface Held {
  address: string;
  message: EncodedMessage;
}

const dataAddresses = new Set(
  (['raw-records', 'mapped-users', 'outcomes', 'apply-slices'] as const).flatMap((topic) => [
    topicAddress(topic, 'bulk'),
    topicAddress(topic, 'quick'),
  ]),
);

/** How many messages that were delivered long ago it still knows. */
const memory = 200;

/**
 * Makes a bus keep its word and no more: every data message arrives at least once, in any order, many of them twice, and
 * now and then one from long ago comes again. What it does follows from the seed and the order of publishing.
 */
export class UnrulyBus {
  private readonly waiting: Held[] = [];
  private readonly past: Held[] = [];
  private flushing: Promise<void> | null = null;
  private failure: Error | null = null;
  private readonly deliver: MessageBus['publish'];
  /** Messages that came a second time. */
  repeats = 0;

  constructor(
    private readonly bus: MessageBus,
    private state: number,
  ) {
    this.deliver = bus.publish.bind(bus);
    bus.publish = async (address, messages) => this.publish(address, messages);
  }

  /** From here on another course of things. */
  reseed(seed: number): void {
    this.state = seed;
  }

  /** Lets everything out that it still holds and becomes a tidy bus again. @throws what a delivery met with */
  async calm(): Promise<void> {
    this.bus.publish = this.deliver;
    while (this.flushing !== null) await this.flushing;
    if (this.failure !== null) throw this.failure;
  }

  private async publish(address: string, messages: readonly EncodedMessage[]): Promise<void> {
    if (!dataAddresses.has(address)) return this.deliver(address, messages);
    for (const message of messages) {
      const held = { address, message: { ...message, value: message.value.slice() } };
      this.waiting.push(held);
      if (this.next(3) === 0) this.repeat(held);
      const old = this.past[this.next(memory)];
      if (old !== undefined && this.next(4) === 0) this.repeat(old);
      this.past.push(held);
      if (this.past.length > memory) this.past.shift();
    }
    this.flushing ??= this.flush();
  }

  private repeat(held: Held): void {
    this.waiting.push(held);
    this.repeats += 1;
  }

  private async flush(): Promise<void> {
    try {
      while (this.waiting.length > 0) {
        await sleep(2 + this.next(8));
        for (const { address, message } of this.shuffled(this.waiting.splice(0)))
          await this.deliver(address, [message]);
      }
    } catch (error) {
      this.failure = error instanceof Error ? error : new Error(String(error));
    } finally {
      this.flushing = null;
    }
  }

  private shuffled(items: Held[]): Held[] {
    for (let at = items.length - 1; at > 0; at -= 1) {
      const other = this.next(at + 1);
      [items[at], items[other]] = [items[other] as Held, items[at] as Held];
    }
    return items;
  }

  /** A number from 0 to `below` − 1, by a linear congruence. */
  private next(below: number): number {
    this.state = (Math.imul(this.state, 1103515245) + 12345) >>> 0;
    return (this.state >>> 8) % below;
  }
}
