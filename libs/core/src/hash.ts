import { hash } from 'node:crypto';

/**
 * Two 32-bit lanes over the UTF-16 units of a text (multiply-xorshift, after cyrb53 by bryc, public domain). For
 * tables that shorten a search; whoever finds two texts equal by it compares the texts before acting. Never 0, 0.
 */
export function hash64(text: string, out: Uint32Array, offset: number): void {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    high = Math.imul(high ^ unit, 2654435761);
    low = Math.imul(low ^ unit, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  out[offset] = high >>> 0;
  out[offset + 1] = (low >>> 0) | 1;
}

/** The hash by which a record's bytes are known to be the same as before: 132 bits of SHA-256, base64url. */
export function recordHash(bytes: Uint8Array): string {
  return hash('sha256', bytes, 'base64url').slice(0, 22);
}

/** SHA-256, hex. */
export function contentHash(bytes: Uint8Array | string): string {
  return hash('sha256', bytes, 'hex');
}
