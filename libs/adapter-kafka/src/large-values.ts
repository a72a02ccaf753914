import { promisify } from 'node:util';
import { constants, zstdCompress, zstdDecompress } from 'node:zlib';
import type { EncodedMessage } from '#core';

/** Keeps values that no message of Kafka may hold, as long as a message may name them. */
export interface ValueStore {
  /** Durable when it resolves. Gives the name that it is found by. Throws `RetriableError` when the store is away. */
  put(value: Uint8Array, keptForMs: number): Promise<string>;
  /** Null when it is not kept any more. Throws `RetriableError` when the store is away. */
  get(name: string): Promise<Uint8Array | null>;
}

/** A value travels as it is up to this size; `max.message.bytes` leaves room above it for headers. */
export const maxPlainValueBytes = 3 * 1024 * 1024;

/** The value is packed by zstd. */
const packedHeader = 'muster-packed';
/** The value is kept elsewhere, under this name. */
const keptHeader = 'muster-kept';

const pack = promisify<Uint8Array, object, Buffer>(zstdCompress);
const unpack = promisify<Uint8Array, Buffer>(zstdDecompress);
const fast = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

type Headers = Record<string, string>;

/** True for a message whose value is larger than it looks. */
export function isLarge(headers: object): boolean {
  return packedHeader in headers;
}

/**
 * Makes every value fit into a message, and gives it back as it was: one over 3 MiB is packed, which is enough where a
 * mapping repeats itself; what is larger even so is kept in a store, and the message says where.
 */
export class LargeValues {
  /** @param keptForMs how long a message may be read after it was sent */
  constructor(
    private readonly store: ValueStore,
    private readonly keptForMs: number,
  ) {}

  async toSend(message: EncodedMessage): Promise<EncodedMessage> {
    const { key, headers, value } = message;
    if (value.byteLength <= maxPlainValueBytes) return message;
    const packed = await pack(value, fast);
    const marked = { ...headers, [packedHeader]: 'zstd' };
    if (packed.byteLength <= maxPlainValueBytes) return { key, headers: marked, value: packed };
    const name = await this.store.put(packed, this.keptForMs);
    return { key, headers: { ...marked, [keptHeader]: name }, value: new Uint8Array(0) };
  }

  /** A value that is not kept any more comes back empty: no stage can read it, and says so. */
  async asSent(headers: Headers, value: Uint8Array): Promise<{ headers: Headers; value: Uint8Array }> {
    const { [packedHeader]: packed, [keptHeader]: name, ...own } = headers;
    if (packed === undefined) return { headers, value };
    const found = name === undefined ? value : await this.store.get(name);
    return { headers: own, value: found === null ? new Uint8Array(0) : await unpack(found) };
  }
}
