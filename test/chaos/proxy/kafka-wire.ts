import { createHash } from 'node:crypto';
import { FrameSplitter } from './frame-splitter.js';
import type { Wire, WireRequest } from './wire.js';

/** https://kafka.apache.org/protocol#protocol_api_keys, as far as anything here looks at them. */
const kinds = new Map([
  [0, 'Produce'],
  [1, 'Fetch'],
  [3, 'Metadata'],
  [8, 'OffsetCommit'],
  [10, 'FindCoordinator'],
  [11, 'JoinGroup'],
  [12, 'Heartbeat'],
]);
const withAddresses = new Set(['Metadata', 'FindCoordinator']);

/** Of the broker to somebody who is no member of the group any more: ILLEGAL_GENERATION, UNKNOWN_MEMBER_ID, FENCED. */
const staleCodes = new Set([22, 25, 82]);

/** In a record batch, behind its count of records. */
const firstRecordAt = 61;

/** Kafka's protocol: big-endian length, then api key, version and correlation id; answers carry the correlation id. */
export class KafkaWire implements Wire {
  constructor(
    private readonly host: string,
    private readonly port: number,
  ) {}

  splitter(): FrameSplitter {
    return new FrameSplitter(4, (header) => 4 + header.readInt32BE(0));
  }

  request(frame: Buffer): WireRequest {
    const kind = kinds.get(frame.readInt16BE(4)) ?? 'other';
    const identity = kind === 'Produce' ? messagesOf(frame) : null;
    return { id: frame.readInt32BE(8), kind, target: null, identity };
  }

  answers(frame: Buffer): number {
    return frame.readInt32BE(4);
  }

  readdressed(frame: Buffer, kind: string, proxyPort: number): Buffer {
    if (!withAddresses.has(kind)) return frame;
    const own = address(this.host, this.port);
    const changed = Buffer.from(frame);
    for (let at = changed.indexOf(own); at >= 0; at = changed.indexOf(own, at + own.length)) {
      changed.writeInt32BE(proxyPort, at + own.length - 4);
    }
    return changed;
  }

  /** Of OffsetCommit from version 3 on: throttle time, then topics of partitions with an error code each. */
  refusals(frame: Buffer, kind: string): number {
    if (kind !== 'OffsetCommit') return 0;
    let refused = 0;
    let at = 8 + 4;
    const topics = frame.readInt32BE(at);
    at += 4;
    for (let topic = 0; topic < topics; topic += 1) {
      at += 2 + frame.readInt16BE(at);
      const partitions = frame.readInt32BE(at);
      at += 4;
      for (let partition = 0; partition < partitions; partition += 1) {
        if (staleCodes.has(frame.readInt16BE(at + 4))) refused += 1;
        at += 6;
      }
    }
    return refused;
  }
}

/**
 * A digest of what a Produce request from version 3 on holds for each partition, without what is said anew with each
 * try: the times, and the checksum over them. https://kafka.apache.org/documentation/#recordbatch
 */
function messagesOf(frame: Buffer): string {
  const digest = createHash('sha256');
  let at = 12 + 2 + frame.readInt16BE(12);
  // The transaction's name, or -1 for none; then acks and timeout.
  at += 2 + Math.max(0, frame.readInt16BE(at)) + 2 + 4;
  const topics = frame.readInt32BE(at);
  at += 4;
  for (let topic = 0; topic < topics; topic += 1) {
    const name = 2 + frame.readInt16BE(at);
    digest.update(frame.subarray(at, at + name));
    at += name;
    const partitions = frame.readInt32BE(at);
    at += 4;
    for (let partition = 0; partition < partitions; partition += 1) {
      const bytes = frame.readInt32BE(at + 4);
      digest.update(frame.subarray(at, at + 8));
      digest.update(frame.subarray(at + 8 + firstRecordAt, at + 8 + bytes));
      at += 8 + bytes;
    }
  }
  return digest.digest('hex');
}

/** As metadata answers hold it: the host with its length, then the port. */
function address(host: string, port: number): Buffer {
  const bytes = Buffer.alloc(2 + host.length + 4);
  bytes.writeInt16BE(host.length, 0);
  bytes.write(host, 2, 'latin1');
  bytes.writeInt32BE(port, 2 + host.length);
  return bytes;
}
