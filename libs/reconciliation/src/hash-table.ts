/**
 * An open-addressing table from 64-bit hashes (two words, never 0, 0) to a number below 2^32 − 1. 12 bytes a slot, sized
 * once for the number of entries expected, so that filling it never stops to grow.
 */
export class HashTable {
  private readonly keys: Uint32Array;
  private readonly values: Uint32Array;
  private readonly mask: number;
  private free: number;

  constructor(expected: number) {
    let slots = 16;
    while (slots < expected * 1.6) slots *= 2;
    this.keys = new Uint32Array(slots * 2);
    this.values = new Uint32Array(slots);
    this.mask = slots - 1;
    this.free = slots - 1;
  }

  /**
   * Puts a value under a hash unless there is one; gives the one that was there, or -1.
   *
   * @throws RangeError when it is full
   */
  insert(high: number, low: number, value: number): number {
    let slot = (high ^ (low >>> 7)) & this.mask;
    for (;;) {
      const keyLow = this.keys[slot * 2 + 1];
      if (keyLow === 0 && this.keys[slot * 2] === 0) break;
      if (keyLow === low && this.keys[slot * 2] === high) return this.values[slot] ?? -1;
      slot = (slot + 1) & this.mask;
    }
    if (this.free === 0) throw new RangeError('more entries than the hash table was made for');
    this.free -= 1;
    this.keys[slot * 2] = high;
    this.keys[slot * 2 + 1] = low;
    this.values[slot] = value;
    return -1;
  }

  /** The value under a hash, or -1. */
  get(high: number, low: number): number {
    let slot = (high ^ (low >>> 7)) & this.mask;
    for (;;) {
      const keyLow = this.keys[slot * 2 + 1];
      const keyHigh = this.keys[slot * 2];
      if (keyLow === 0 && keyHigh === 0) return -1;
      if (keyLow === low && keyHigh === high) return this.values[slot] ?? -1;
      slot = (slot + 1) & this.mask;
    }
  }
}
