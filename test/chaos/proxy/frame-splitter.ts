/** Cuts a byte stream into the frames of its protocol. */
export class FrameSplitter {
  private waiting: Buffer = Buffer.alloc(0);

  /**
   * @param headerBytes how many bytes must be there to know a frame's length
   * @param lengthOf of the whole frame, its header included
   */
  constructor(
    private readonly headerBytes: number,
    private readonly lengthOf: (header: Buffer) => number,
  ) {}

  /** The frames that are whole now. */
  push(chunk: Buffer): Buffer[] {
    this.waiting = this.waiting.length === 0 ? chunk : Buffer.concat([this.waiting, chunk]);
    const frames: Buffer[] = [];
    while (this.waiting.length >= this.headerBytes) {
      const length = this.lengthOf(this.waiting);
      if (this.waiting.length < length) break;
      frames.push(this.waiting.subarray(0, length));
      this.waiting = this.waiting.subarray(length);
    }
    return frames;
  }
}
