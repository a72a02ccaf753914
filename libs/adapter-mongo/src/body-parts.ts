import { Buffer } from 'node:buffer';
import { mongo } from 'mongoose';
import { bytesOf } from './bytes.js';
import { key } from './keys.js';

/** MongoDB takes documents of 16 MiB: no document of ours holds more of a body than this. */
const documentBytes = 8 * 1024 * 1024;

/** A body as its documents hold it: the first part is in the document that it belongs to. */
export interface BodyParts {
  first: mongo.Binary;
  /** In documents of their own beside it, see {@link restIds}. Nearly always none. */
  rest: mongo.Binary[];
}

/** Bytes in the parts that documents hold, in order; one at least. */
export function cutBytes(bytes: Uint8Array): [mongo.Binary, ...mongo.Binary[]] {
  const rest: mongo.Binary[] = [];
  for (let at = documentBytes; at < bytes.byteLength; at += documentBytes) {
    rest.push(new mongo.Binary(bytes.subarray(at, at + documentBytes)));
  }
  return [new mongo.Binary(bytes.subarray(0, documentBytes)), ...rest];
}

export function cutBody(packed: Uint8Array): BodyParts {
  const [first, ...rest] = cutBytes(packed);
  return { first, rest };
}

/** Keys of the documents that continue a body: under its own key, so that ranges that hold it hold them too. */
export function restIds(id: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => key(id, index + 1));
}

/** Puts a body together again. `rest` has its other parts by key. */
export function joinBody(
  id: string,
  first: mongo.Binary | Uint8Array,
  restCount: number,
  rest: ReadonlyMap<string, mongo.Binary | Uint8Array>,
): Uint8Array {
  if (restCount === 0) return bytesOf(first);
  const parts = restIds(id, restCount).map((part) => {
    const found = rest.get(part);
    if (found === undefined) throw new Error(`a part of ${id} is missing`);
    return bytesOf(found);
  });
  return Buffer.concat([bytesOf(first), ...parts]);
}
