import { promisify } from 'node:util';
import { zstdDecompress } from 'node:zlib';
import type { IHeaders } from 'kafkajs';
import { type EncodedMessage, packBytes } from '#core';

/** Keeps values that no message of Kafka may hold, as long as a message may name them. */
export interface ValueStore {
  /** Durable when it resolves. Gives the name that it is found by. Throws `RetriableError` when the store is away. */
  put(value: Uint8Array, keptForMs: number): Promise<string>;
  /** Null when it is not kept any more. Throws `RetriableError` when the store is away. */
  get(name: string): Promise<Uint8Array | null>;
}

/** A value of this size at most is sent as it is: there is nothing to gain. */
const smallBytes = 4 * 1024;
/** The most that goes into a message; `max.message.bytes` leaves room above it for headers. */
export const maxSentBytes = 3 * 1024 * 1024;

/** The value is packed by zstd; says how many bytes it had before. */
const packedHeader = 'muster-packed';
/** The value is kept elsewhere, under this name. */
const keptHeader = 'muster-kept';

/** What zstd makes begins so (RFC 8878, section 3.1.1). */
const zstdMagic = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);

const decompress = promisify<Uint8Array, object, Buffer>(zstdDecompress);

const nothing = new Uint8Array(0);

type Headers = Record<string, string>;

/** True for a message whose value is larger than a message may be. */
export function isLarge(headers: Headers | IHeaders): boolean {
  return Number(headers[packedHeader] ?? 0) > maxSentBytes;
}

/**
 * Makes every value fit into a message, and gives it back as it was. Most are packed: what passes through sockets, the
 * client's copies and the broker's disk is a fraction of it. What is larger than a message even so is kept in a store, and
 * the message says where.
 */
export class LargeValues {
  /** @param keptForMs how long a message may be read after it was sent */
  constructor(
    private readonly store: ValueStore,
    private readonly keptForMs: number,
  ) {}

  async toSend(message: EncodedMessage): Promise<EncodedMessage> {
    const { key, headers, value } = message;
    const isWorthIt = value.byteLength > smallBytes && !zstdMagic.equals(value.subarray(0, zstdMagic.length));
    if (!isWorthIt && value.byteLength <= maxSentBytes) return message;
    const packed = await packBytes(value);
    const marked = { ...headers, [packedHeader]: String(value.byteLength) };
    if (packed.byteLength <= maxSentBytes) return { key, headers: marked, value: packed };
    const name = await this.store.put(packed, this.keptForMs);
    return { key, headers: { ...marked, [keptHeader]: name }, value: nothing };
  }

  /** A value that is not kept any more, or not as it was packed, comes back empty: no stage can read it, and says so. */
  async asSent(headers: Headers, value: Uint8Array): Promise<{ headers: Headers; value: Uint8Array }> {
    const { [packedHeader]: packed, [keptHeader]: name, ...own } = headers;
    if (packed === undefined) return { headers, value };
    const found = name === undefined ? value : await this.store.get(name);
    return { headers: own, value: found === null ? nothing : await unpack(found, Number(packed)) };
  }
}

/** What was not packed by us, or has been harmed since, gives nothing, and never more memory than it says. */
async function unpack(packed: Uint8Array, bytes: number): Promise<Uint8Array> {
  if (!Number.isSafeInteger(bytes) || bytes < 1) return nothing;
  const value = await decompress(packed, { maxOutputLength: bytes }).catch(() => nothing);
  return value.byteLength === bytes ? value : nothing;
}
