/** Something that wants a slot. */
export interface Claimant {
  /**
   * For whom it is, from the widest on: `[tenant, integration]`. Slots are shared out at every level. Default: for nobody
   * in particular, who takes whatever is free.
   */
  share?: readonly string[];
}

/**
 * Slots that are shared out so that nobody keeps others waiting, however long they hold theirs. Whoever holds none gets any
 * that is free. Whoever holds some gets one more only while as many stay free as they hold, or a quarter of all: one
 * alone gets three quarters, and the rest goes to others, first to those who hold least. Within a share it is the same
 * again, of what the share may have.
 */
export class FairSlots {
  private taken = 0;
  private readonly held = new Map<string, number>();

  constructor(private readonly slots: number) {}

  /** Who is next: of those who may have a slot now the one whose share holds least, else the foremost. */
  next<Waiting extends Claimant>(waiting: readonly Waiting[]): Waiting | undefined {
    if (this.taken >= this.slots) return undefined;
    let best: Waiting | undefined;
    for (const one of waiting) {
      if (this.room(one) === 0) continue;
      if (best === undefined || this.holdsLess(one, best)) best = one;
    }
    return best;
  }

  take(by: Claimant): void {
    this.taken += 1;
    for (const key of keysOf(by)) this.held.set(key, this.heldBy(key) + 1);
  }

  giveBack(by: Claimant): void {
    this.taken -= 1;
    for (const key of keysOf(by)) {
      const left = this.heldBy(key) - 1;
      if (left === 0) this.held.delete(key);
      else this.held.set(key, left);
    }
  }

  /** How many slots more it could have now, if nobody else took one. */
  private room(claimant: Claimant): number {
    let size = this.slots;
    let room = this.slots - this.taken;
    for (const key of keysOf(claimant)) {
      const held = this.heldBy(key);
      const aside = Math.min(size - 1, Math.ceil(size / 4));
      let more = 0;
      while (room - more - 1 >= Math.min(held + more, aside)) more += 1;
      room = more;
      size -= aside;
    }
    return room;
  }

  private holdsLess(one: Claimant, other: Claimant): boolean {
    const others = keysOf(other).map((key) => this.heldBy(key));
    for (const [level, key] of keysOf(one).entries()) {
      const difference = this.heldBy(key) - (others[level] ?? 0);
      if (difference !== 0) return difference < 0;
    }
    return false;
  }

  private heldBy(key: string): number {
    return this.held.get(key) ?? 0;
  }
}

/** One key for each level; an inner one is apart from its like in another share. */
function keysOf({ share = [] }: Claimant): string[] {
  return share.map((_, level) => JSON.stringify(share.slice(0, level + 1)));
}
