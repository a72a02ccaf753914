/** One who is sent again may have been moved by those who joined or left while the list was read; twice more is a circle. */
const SIGHTINGS = 2;

/**
 * Notices that a list in pages leads in a circle of any length, by one id at a time and not by all of them: it looks out for
 * the first of a page, and from the 2nd, 4th, 8th … page on for the first of that one instead (R. P. Brent, An improved Monte
 * Carlo factorization algorithm, 1980). So a circle is seen within a few of its rounds.
 */
export class ListCircle {
  private lookout: string | null = null;
  private sightings = 0;
  private pages = 0;
  private movesAt = 1;

  /** Whether a page with these ids, told in the order in which pages come, closes a circle. */
  closes(ids: readonly (string | null)[]): boolean {
    this.pages += 1;
    if (this.lookout !== null && ids.includes(this.lookout)) this.sightings += 1;
    if (this.sightings >= SIGHTINGS) return true;
    const first = ids.find((id) => id !== null);
    if (this.pages >= this.movesAt && first !== undefined) {
      this.lookout = first;
      this.sightings = 0;
      this.movesAt = this.pages * 2;
    }
    return false;
  }
}
