import type { mongo } from 'mongoose';

/** The bytes of a binary field: the driver gives them as a buffer or as its own wrapper. */
export function bytesOf(value: mongo.Binary | Uint8Array): Uint8Array {
  return value instanceof Uint8Array ? value : value.buffer.subarray(0, value.position);
}
