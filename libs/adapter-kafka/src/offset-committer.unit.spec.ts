import { describe, expect, it } from 'vitest';
import { type NextOffsets, OffsetCommitter } from './offset-committer.js';

/** A broker whose answers the test gives. */
class SlowBroker {
  readonly requests: Record<number, number>[] = [];
  private readonly answers: PromiseWithResolvers<void>[] = [];

  readonly send = (offsets: NextOffsets): Promise<void> => {
    this.requests.push(Object.fromEntries(offsets));
    const answer = Promise.withResolvers<void>();
    this.answers.push(answer);
    return answer.promise;
  };

  async answer(error?: Error): Promise<void> {
    await turns();
    const answer = this.answers.shift();
    if (error === undefined) answer?.resolve();
    else answer?.reject(error);
    await turns();
  }
}

async function turns(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}

describe('OffsetCommitter', () => {
  it('sends one request at a time, with the highest of all that came meanwhile', async () => {
    const broker = new SlowBroker();
    const committer = new OffsetCommitter(broker.send);
    const acks = [committer.commit(0, 1)];
    await turns();
    acks.push(committer.commit(0, 5), committer.commit(0, 3), committer.commit(1, 2));
    await turns();
    expect(broker.requests).toEqual([{ 0: 1 }]);
    await broker.answer();
    await broker.answer();
    await Promise.all(acks);
    expect(broker.requests).toEqual([{ 0: 1 }, { 0: 5, 1: 2 }]);
  });

  it('never goes back, also when the lower one came while the higher was under way', async () => {
    const broker = new SlowBroker();
    const committer = new OffsetCommitter(broker.send);
    const higher = committer.commit(0, 6);
    await turns();
    const lower = committer.commit(0, 1);
    await broker.answer();
    await Promise.all([higher, lower]);
    await committer.commit(0, 6);
    expect(broker.requests).toEqual([{ 0: 6 }]);
  });

  it('rejects for those of the failed request alone, and tries anew for the next', async () => {
    const broker = new SlowBroker();
    const committer = new OffsetCommitter(broker.send);
    const first = expect(committer.commit(0, 1)).rejects.toThrow('away');
    await turns();
    const second = committer.commit(0, 2);
    await broker.answer(new Error('away'));
    await first;
    await broker.answer();
    await second;
    expect(broker.requests).toEqual([{ 0: 1 }, { 0: 2 }]);
    expect(committer.committedOf(0)).toBe(2);
  });
});
