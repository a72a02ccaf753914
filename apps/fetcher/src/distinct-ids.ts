import { hash64 } from '#core';

const growAt = 0.8;
const growBy = 1.5;

/**
 * Counts distinct ids by their 64-bit hashes: at most 16 bytes an id, in typed arrays beside the heap. Two ids with one
 * hash (about 1 in 10^7 for a million ids) would be counted as one, and the snapshot judged truncated: the safe side.
 */
export class DistinctIds {
  private slots = 1024;
  private hashes = new Uint32Array(this.slots * 2);
  private readonly hash = new Uint32Array(2);
  private count = 0;

  get size(): number {
    return this.count;
  }

  add(id: string): void {
    hash64(id, this.hash, 0);
    if (!this.insert(this.hash[0] ?? 0, this.hash[1] ?? 0)) return;
    this.count += 1;
    if (this.count > this.slots * growAt) this.grow();
  }

  private insert(high: number, low: number): boolean {
    let slot = (high ^ (low >>> 7)) >>> 0;
    for (slot %= this.slots; ; slot = slot + 1 === this.slots ? 0 : slot + 1) {
      const takenHigh = this.hashes[slot * 2];
      const takenLow = this.hashes[slot * 2 + 1];
      if (takenHigh === high && takenLow === low) return false;
      if (takenHigh === 0 && takenLow === 0) break;
    }
    this.hashes[slot * 2] = high;
    this.hashes[slot * 2 + 1] = low;
    return true;
  }

  private grow(): void {
    const old = this.hashes;
    this.slots = Math.ceil(this.slots * growBy);
    this.hashes = new Uint32Array(this.slots * 2);
    for (let at = 0; at < old.length; at += 2) {
      const high = old[at] ?? 0;
      const low = old[at + 1] ?? 0;
      if (high !== 0 || low !== 0) this.insert(high, low);
    }
  }
}
