import { Clock } from '#core';

/** A clock that a test moves by hand. */
export class ManualClock extends Clock {
  private ms: number;

  constructor(start = '2026-01-01T00:00:00.000Z') {
    super();
    this.ms = Date.parse(start);
  }

  override nowMs(): number {
    return this.ms;
  }

  advance(ms: number): void {
    this.ms += ms;
  }

  set(instant: string): void {
    this.ms = Date.parse(instant);
  }
}
