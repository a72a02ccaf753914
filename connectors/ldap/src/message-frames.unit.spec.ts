import fc from 'fast-check';
import { BerWriter } from 'ldapts';
import { describe, expect, it } from 'vitest';
import { BerError } from './ber.js';
import { MessageFrames } from './message-frames.js';
import { readMessage } from './read-message.js';

function entry(id: number, attributes: Record<string, readonly string[]>): Buffer {
  const writer = new BerWriter();
  writer.startSequence();
  writer.writeInt(id);
  writer.startSequence(0x64);
  writer.writeString('uid=p1');
  writer.startSequence();
  for (const [name, values] of Object.entries(attributes)) {
    writer.startSequence();
    writer.writeString(name);
    writer.startSequence(0x31);
    for (const value of values) writer.writeString(value);
    writer.endSequence();
    writer.endSequence();
  }
  for (let open = 0; open < 3; open += 1) writer.endSequence();
  return writer.buffer;
}

describe('messages of a server', () => {
  it('are the same in whatever pieces they come', () => {
    const attributes = fc.dictionary(fc.string({ minLength: 1 }), fc.array(fc.string({ unit: 'grapheme' })));
    fc.assert(
      fc.property(fc.array(attributes, { minLength: 1 }), fc.array(fc.nat(400)), (people, cuts) => {
        const stream = Buffer.concat(people.map((one, index) => entry(index + 1, one)));
        const frames = new MessageFrames(1_000_000);
        const messages: Buffer[] = [];
        let at = 0;
        for (const cut of cuts) {
          messages.push(...frames.push(stream.subarray(at, at + cut)));
          at += cut;
        }
        messages.push(...frames.push(stream.subarray(at)));
        expect(frames.rest).toBe(0);
        const read = messages.map((bytes) => readMessage(bytes));
        expect(read).toEqual(
          people.map((one, index) => ({
            kind: 'entry',
            id: index + 1,
            entry: {
              dn: 'uid=p1',
              attributes: Object.entries(one).map(([name, values]) => ({
                name,
                values: values.map((value) => Buffer.from(value)),
              })),
            },
          })),
        );
      }),
    );
  });

  it('are refused or read when they were tampered with, and never hold anything up', () => {
    const whole = entry(1, { mail: ['a@acme.example', 'b@acme.example'], cn: ['Ann'] });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }),
        (changes) => {
          const bytes = Buffer.from(whole);
          for (const [at, value] of changes) bytes[at] = value;
          try {
            for (const message of new MessageFrames(10_000).push(bytes)) readMessage(message);
          } catch (error) {
            expect(error).toBeInstanceOf(BerError);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('are refused when they are too large, before they have come', () => {
    const frames = new MessageFrames(1000);
    expect(() => frames.push(Buffer.from('308403e80000', 'hex'))).toThrow(BerError);
  });
});
