const quote = 0x22;
const comma = 0x2c;
const lineFeed = 0x0a;

/**
 * Cuts a CSV that comes in pieces, over one connection after another, into whole rows (RFC 4180: a line end within quotes
 * is none). A connection that goes on after a key brings no header; one that starts anew does, and it is taken once.
 */
export class CsvRows {
  /** The first cell of the last whole row; null before there is one. */
  lastKey: string | null = null;
  /** Whole rows so far, the header left out. */
  rows = 0;
  private hasHeader = false;
  private headerDue = true;
  private carried: Buffer = Buffer.alloc(0);
  private quoted = false;

  /** The whole rows that this piece completes. */
  push(piece: Uint8Array): Buffer {
    const bytes = this.carried.length === 0 ? Buffer.from(piece) : Buffer.concat([this.carried, piece]);
    let from = 0;
    let end = 0;
    for (let at = this.carried.length; at < bytes.length; at += 1) {
      const byte = bytes[at];
      if (byte === quote) this.quoted = !this.quoted;
      if (byte !== lineFeed || this.quoted) continue;
      if (!this.take(bytes.subarray(end, at))) from = at + 1;
      end = at + 1;
    }
    this.carried = bytes.subarray(end);
    return bytes.subarray(from, end);
  }

  /** The connection is gone, and with it the row that had begun. */
  breakOff(): void {
    this.carried = Buffer.alloc(0);
    this.quoted = false;
    this.headerDue = this.lastKey === null;
  }

  /** True when a row has begun and not ended. */
  get isWithinRow(): boolean {
    return this.carried.length > 0;
  }

  /** False for a header that has come before. */
  private take(row: Buffer): boolean {
    if (this.headerDue) {
      const isNew = !this.hasHeader;
      this.headerDue = false;
      this.hasHeader = true;
      return isNew;
    }
    const end = row.indexOf(comma);
    this.lastKey = row.subarray(0, end === -1 ? undefined : end).toString();
    this.rows += 1;
    return true;
  }
}
