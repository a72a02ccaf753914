/** What is not BER as LDAP uses it (RFC 4511 §5.1: definite lengths only). Says where, never what. */
export class BerError extends Error {
  constructor(what: string) {
    super(`not the BER of an LDAP message: ${what}`);
    this.name = 'BerError';
  }
}

export interface BerElement {
  readonly tag: number;
  /** A view into the message. */
  readonly content: Buffer;
}

/**
 * Where an element's content begins and ends when it begins at `at`; null when the header is not all there yet.
 *
 * @throws BerError
 */
export function berExtent(buffer: Buffer, at: number): { start: number; end: number } | null {
  const first = buffer[at + 1];
  if (first === undefined) return null;
  if (first < 0x80) return { start: at + 2, end: at + 2 + first };
  const size = first & 0x7f;
  if (size === 0 || size > 4) throw new BerError('a length of an unknown form');
  const start = at + 2 + size;
  if (buffer.length < start) return null;
  return { start, end: start + buffer.readUIntBE(at + 2, size) };
}

/**
 * The elements of a message or of an element's content, in order. Each lies within what it is part of, so that whatever a
 * server sends is read in one pass or refused.
 */
export class BerReader {
  private at = 0;

  constructor(private readonly buffer: Buffer) {}

  get isAtEnd(): boolean {
    return this.at >= this.buffer.length;
  }

  /** @throws BerError at the end, beyond it, and at another tag than `expected` */
  next(expected?: number): BerElement {
    const extent = berExtent(this.buffer, this.at);
    if (extent === null || extent.end > this.buffer.length) throw new BerError('an element beyond its end');
    const tag = this.buffer[this.at] ?? 0;
    if (expected !== undefined && tag !== expected) throw new BerError('an element of another kind');
    this.at = extent.end;
    return { tag, content: this.buffer.subarray(extent.start, extent.end) };
  }

  /** A tag that may be there or not. */
  peek(): number | null {
    return this.buffer[this.at] ?? null;
  }

  /** @throws BerError; also for more than 32 bits */
  nextInteger(tag: number): number {
    const { content } = this.next(tag);
    if (content.length === 0 || content.length > 4) throw new BerError('a number out of range');
    return content.readIntBE(0, content.length);
  }
}
