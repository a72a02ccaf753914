import mongoose from 'mongoose';
import { FrameSplitter } from './frame-splitter.js';
import type { Wire, WireRequest } from './wire.js';

const { onDemand } = mongoose.mongo.BSON;

const opMsg = 2013;
const documentAt = 16 + 4 + 1;
/** Answers that name servers are short; a page of people is not searched for addresses. */
const longestHello = 4096;

/** MongoDB's protocol: a little-endian header of length, request id, id answered and kind of message. */
export class MongoWire implements Wire {
  /** @param address of the server as its replica set knows it; a proxy's port has as many digits */
  constructor(private readonly address: string) {}

  splitter(): FrameSplitter {
    return new FrameSplitter(16, (header) => header.readInt32LE(0));
  }

  request(frame: Buffer): WireRequest | null {
    const id = frame.readInt32LE(4);
    if (frame.readInt32LE(12) !== opMsg || frame[20] !== 0) return { id, kind: 'hello', target: null, identity: null };
    const command = new TopLevel(frame.subarray(documentAt, documentAt + frame.readInt32LE(documentAt)));
    const [kind = 'other'] = command.names();
    return { id, kind, target: command.text(kind), identity: identityOf(kind, command) };
  }

  answers(frame: Buffer): number {
    return frame.readInt32LE(8);
  }

  readdressed(frame: Buffer, _kind: string, proxyPort: number): Buffer {
    if (frame.length > longestHello || !frame.includes(this.address)) return frame;
    const changed = Buffer.from(frame);
    const proxy = this.address.replace(/\d+$/, String(proxyPort));
    for (let at = changed.indexOf(this.address); at >= 0; at = changed.indexOf(this.address, at + 1)) {
      changed.write(proxy, at, 'latin1');
    }
    return changed;
  }

  refusals(): number {
    return 0;
  }
}

/** The driver gives each write that it may repeat a number of its own; those in a transaction share the transaction's. */
function identityOf(kind: string, command: TopLevel): string | null {
  const session = command.bytes('lsid');
  const number = command.bytes('txnNumber');
  if (session === null || number === null) return null;
  if (command.bytes('autocommit') !== null && kind !== 'commitTransaction') return null;
  return `${session.toString('hex')}:${number.toString('hex')}`;
}

/** The fields of a BSON document, without a look into what they hold. */
class TopLevel {
  private readonly fields = new Map<string, Buffer>();

  constructor(document: Buffer) {
    for (const [, nameAt, nameLength, at, length] of onDemand.parseToElements(document)) {
      this.fields.set(document.toString('latin1', nameAt, nameAt + nameLength), document.subarray(at, at + length));
    }
  }

  names(): string[] {
    return [...this.fields.keys()];
  }

  bytes(name: string): Buffer | null {
    return this.fields.get(name) ?? null;
  }

  /** Of a field that holds a string: its length comes first, a zero last. */
  text(name: string): string | null {
    const bytes = this.bytes(name);
    if (bytes === null || bytes.length < 5 || bytes.readInt32LE(0) !== bytes.length - 4) return null;
    return bytes.toString('utf8', 4, bytes.length - 1);
  }
}
