/**
 * What a child sends over its pipe: frames of a head (length of what follows as 32 bits, little-endian, and a kind) and a
 * payload. Nobody trusts it: a length over the kind's bound ends the child before anything of it is kept.
 */
export const frameKinds = { message: 1, part: 2 } as const;
export type FrameKind = keyof typeof frameKinds;

const headBytes = 5;
/** A message holds a connector's state at most; a part one record of full size beside others. */
export const maxFrameBytes = { message: 4 * 1024 * 1024, part: 12 * 1024 * 1024 } as const;

/** An empty frame of that size, to be filled from {@link payloadOf}. */
export function newFrame(kind: FrameKind, payloadBytes: number): Buffer {
  const frame = Buffer.allocUnsafeSlow(headBytes + payloadBytes);
  frame.writeUInt32LE(payloadBytes, 0);
  frame[4] = frameKinds[kind];
  return frame;
}

export function payloadOf(frame: Buffer): Buffer {
  return frame.subarray(headBytes);
}

/** What the frame of a payload takes on the way. */
export function frameBytesOf(payload: Buffer): number {
  return headBytes + payload.length;
}

/** Puts frames together from what arrives. */
export class FrameReader {
  private readonly head = Buffer.alloc(headBytes);
  private headFilled = 0;
  private kind: FrameKind = 'message';
  private payload: Buffer | null = null;
  private filled = 0;

  constructor(private readonly take: (kind: FrameKind, payload: Buffer) => void) {}

  /** @throws RangeError for a frame of no known kind or over its bound */
  push(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length) {
      if (this.payload === null) at += this.readHead(chunk, at);
      if (this.payload !== null) {
        const copied = chunk.copy(this.payload, this.filled, at);
        this.filled += copied;
        at += copied;
        this.giveIfWhole(this.payload);
      }
    }
  }

  private readHead(chunk: Buffer, at: number): number {
    const copied = chunk.copy(this.head, this.headFilled, at);
    this.headFilled += copied;
    if (this.headFilled === headBytes) {
      this.headFilled = 0;
      const length = this.head.readUInt32LE(0);
      this.kind = kindOf(this.head[4]);
      if (length > maxFrameBytes[this.kind]) throw new RangeError(`A frame of ${length} bytes is too long.`);
      this.payload = Buffer.allocUnsafeSlow(length);
      this.filled = 0;
    }
    return copied;
  }

  private giveIfWhole(payload: Buffer): void {
    if (this.filled < payload.length) return;
    this.payload = null;
    this.take(this.kind, payload);
  }
}

function kindOf(byte: number | undefined): FrameKind {
  if (byte === frameKinds.message) return 'message';
  if (byte === frameKinds.part) return 'part';
  throw new RangeError('A frame is of no known kind.');
}
