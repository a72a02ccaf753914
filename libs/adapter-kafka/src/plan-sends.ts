import { Buffer } from 'node:buffer';
import type { Message } from 'kafkajs';
import { type EncodedMessage, hash64, RejectedRecordError } from '#core';
import { maxMessageBytes } from './translate-error.js';

/**
 * What is put together in one send for one partition. The broker's limit is per batch, and kafkajs makes one batch of
 * all messages that a send has for a partition.
 */
export const maxBatchBytes = 512 * 1024;

/** Lengths, timestamps and offsets of a record in batch format 2 are fewer (Kafka protocol, "Record Batch"). */
const recordOverheadBytes = 32;
/** Of a batch's own header, with room to spare. */
const batchOverheadBytes = 256;

export type PlannedMessage = Message & { partition: number; value: Buffer };

const hash = new Uint32Array(2);

const numbered = /^(?<series>.*):(?<number>\d{1,15})$/s;

/**
 * Messages of one key always get one partition, as long as the topic keeps its number of partitions. The pages of a sync
 * (keys that end in `:number`) go to one partition after the other, so that consumers share even a short sync evenly.
 */
export function partitionOf(key: string, partitions: number): number {
  const { series = key, number = '0' } = numbered.exec(key)?.groups ?? {};
  hash64(series, hash, 0);
  return ((hash[0] ?? 0) + Number(number)) % partitions;
}

function sizeOf({ key, headers, value }: EncodedMessage): number {
  let size = value.byteLength + Buffer.byteLength(key) + recordOverheadBytes;
  for (const [name, text] of Object.entries(headers)) size += Buffer.byteLength(name) + Buffer.byteLength(text) + 10;
  return size;
}

/**
 * Splits messages into sends to be made one after another, so that each partition gets its messages in order and no
 * more than {@link maxBatchBytes} at once; a larger message goes alone.
 *
 * @throws RejectedRecordError `recordRefused`: a message is larger than any topic of ours takes
 */
export function planSends(messages: readonly EncodedMessage[], partitions: number): PlannedMessage[][] {
  const sends: PlannedMessage[][] = [];
  const open = new Map<number, { send: number; bytes: number }>();
  for (const message of messages) {
    const { key, headers, value } = message;
    const size = sizeOf(message);
    if (size > maxMessageBytes - batchOverheadBytes) {
      throw new RejectedRecordError(
        'recordRefused',
        `A message of ${String(size)} bytes is larger than a topic takes (max.message.bytes, ${String(maxMessageBytes)}).`,
        { bytes: size },
      );
    }
    const partition = partitionOf(key, partitions);
    let place = open.get(partition);
    if (place === undefined) {
      place = { send: 0, bytes: 0 };
      open.set(partition, place);
    } else if (place.bytes + size > maxBatchBytes - batchOverheadBytes) {
      place.send += 1;
      place.bytes = 0;
    }
    place.bytes += size;
    const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    (sends[place.send] ??= []).push({ partition, key, headers, value: bytes });
  }
  return sends;
}
