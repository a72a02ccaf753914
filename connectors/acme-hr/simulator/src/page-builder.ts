import type { Company } from './company.js';

/** A run of the list as it is sent. */
export interface Page {
  readonly rows: Buffer;
  readonly count: number;
  /** The slot of its last row; the next page starts behind it. */
  readonly lastSlot: number;
}

/** Cached bytes are thrown away above this, so that a million people fit into modest memory. */
const CACHE_LIMIT_BYTES = 192 * 1024 * 1024;

interface Cached extends Page {
  readonly after: number;
  readonly limit: number;
}

/** Makes pages (rows joined by commas, as bytes) and keeps them until one of their slots changes. */
export class PageBuilder {
  private readonly cache = new Map<string, Cached>();
  private cachedBytes = 0;

  constructor(private readonly company: Company) {
    company.onChange((slot) => this.forget(slot));
  }

  /** Up to `limit` people behind slot `after`; with `halved` only every second slot exists. */
  page(after: number, limit: number, halved: boolean): Page {
    const key = `${after}:${limit}:${halved}`;
    const known = this.cache.get(key);
    if (known) {
      return known;
    }
    const made = { after, limit, ...this.build(after, limit, halved) };
    if (this.cachedBytes + made.rows.length > CACHE_LIMIT_BYTES) {
      this.forget('all');
    }
    this.cachedBytes += made.rows.length;
    this.cache.set(key, made);
    return made;
  }

  /** Whether anybody comes behind slot `after`. */
  hasMore(after: number, halved: boolean): boolean {
    return this.slots(after, 1, halved).length > 0;
  }

  texts(after: number, limit: number, halved: boolean): string[] {
    return this.slots(after, limit, halved).map((slot) => this.company.text(slot));
  }

  private build(after: number, limit: number, halved: boolean): Page {
    const slots = this.slots(after, limit, halved);
    const rows = Buffer.from(slots.map((slot) => this.company.text(slot)).join(','), 'utf8');
    return { rows, count: slots.length, lastSlot: slots.at(-1) ?? after };
  }

  private slots(after: number, limit: number, halved: boolean): number[] {
    const slots: number[] = [];
    for (let slot = after + 1; slot < this.company.slotCount && slots.length < limit; slot += 1) {
      if (this.company.isListed(slot) && !(halved && slot % 2 === 1)) {
        slots.push(slot);
      }
    }
    return slots;
  }

  private forget(slot: number | 'all'): void {
    if (slot === 'all') {
      this.cache.clear();
      this.cachedBytes = 0;
      return;
    }
    for (const [key, page] of this.cache) {
      // A page with room left takes in who comes behind it.
      if (slot > page.after && (slot <= page.lastSlot || page.count < page.limit)) {
        this.cache.delete(key);
        this.cachedBytes -= page.rows.length;
      }
    }
  }
}
