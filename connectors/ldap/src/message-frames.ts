import { BerError, berExtent } from './ber.js';

/** Cuts what arrives at a socket into whole messages. A message is put together once, however many pieces it comes in. */
export class MessageFrames {
  private pieces: Buffer[] = [];
  private held = 0;
  /** Below this many bytes there is nothing to be found. */
  private needed = 2;

  constructor(private readonly maxBytes: number) {}

  /** Bytes that are not yet a message. */
  get rest(): number {
    return this.held;
  }

  /** @throws BerError for what is no message, and for one of more than `maxBytes` */
  push(piece: Buffer): Buffer[] {
    this.pieces.push(piece);
    this.held += piece.length;
    if (this.held < this.needed) return [];
    const all = Buffer.concat(this.pieces, this.held);
    const messages: Buffer[] = [];
    let at = 0;
    for (;;) {
      if (at < all.length && all[at] !== 0x30) throw new BerError('no message begins here');
      const extent = berExtent(all, at);
      if (extent !== null && extent.end - at > this.maxBytes) throw new BerError('a message too large');
      if (extent === null || extent.end > all.length) {
        this.pieces = at < all.length ? [all.subarray(at)] : [];
        this.held = all.length - at;
        this.needed = extent === null ? this.held + 1 : extent.end - at;
        return messages;
      }
      messages.push(all.subarray(at, extent.end));
      at = extent.end;
    }
  }
}
