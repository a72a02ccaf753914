/** So many pieces may be missing at a time: clients send in order, with some of it under way at once. */
const maxPieces = 1000;

/** Which bytes of a file have come, in whatever order they did. */
export class WrittenRanges {
  /** Disjoint, not touching, by their start; ends are exclusive. */
  private readonly pieces: { from: number; to: number }[] = [];

  /** How long the file is so far, gaps among it. */
  get length(): number {
    return this.pieces.at(-1)?.to ?? 0;
  }

  /** Nothing is missing before the last byte. */
  get isWhole(): boolean {
    return this.pieces.length === 0 || (this.pieces.length === 1 && this.pieces[0]?.from === 0);
  }

  /** False, and nothing is noted, when too many pieces would be missing. */
  add(from: number, to: number): boolean {
    if (from === to) return true;
    const first = this.pieces.findIndex((piece) => piece.to >= from);
    const start = first < 0 ? this.pieces.length : first;
    let end = start;
    const merged = { from, to };
    for (let piece = this.pieces[end]; piece !== undefined && piece.from <= to; piece = this.pieces[end]) {
      merged.from = Math.min(merged.from, piece.from);
      merged.to = Math.max(merged.to, piece.to);
      end += 1;
    }
    if (this.pieces.length - (end - start) >= maxPieces) return false;
    this.pieces.splice(start, end - start, merged);
    return true;
  }
}
