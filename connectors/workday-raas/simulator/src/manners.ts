export const MANNERS = [
  'unauthorized',
  'forbidden',
  'error500',
  'emptyObject',
  'emptyList',
  'emptyBody',
  'webPage',
  'otherObject',
  'cut',
  'cutCleanly',
  'stall',
  'junkBehind',
  'entriesTwice',
  'brokenEntry',
  'silent',
] as const;
export type MannerKind = (typeof MANNERS)[number];

/** How the next reports are answered. */
export interface Manner {
  readonly kind: MannerKind;
  /** For so many requests; left out, until another is set. */
  readonly times?: number;
  /** After how many entries, for those that act in the middle. Default: half. */
  readonly afterEntries?: number;
}

/** One manner at a time, used up by the requests for reports. */
export class Manners {
  private manner: Manner | null = null;
  private left = Infinity;

  set(manner: Manner | null): void {
    this.manner = manner;
    this.left = manner?.times ?? Infinity;
  }

  take(): Manner | null {
    if (this.manner === null || this.left === 0) return null;
    this.left -= 1;
    return this.manner;
  }
}
