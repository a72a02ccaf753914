import { EvaluationFailure } from './evaluation-failure.js';
import { maxEvaluationSteps } from './expression-limits.js';

/** Text is cheap: this many characters made or read count as one step. */
const charactersPerStep = 16;

/**
 * Counts what one expression costs on one record, so that none can hold the process up or fill its memory, whatever
 * it multiplies. A step is a node visited, an element of a list that was made, or some characters of text.
 */
export class WorkBudget {
  private left = maxEvaluationSteps;

  refill(): void {
    this.left = maxEvaluationSteps;
  }

  /** @throws EvaluationFailure when the steps are used up */
  spend(steps: number): void {
    this.left -= steps;
    if (this.left < 0) {
      throw new EvaluationFailure(
        `The expression takes more than ${maxEvaluationSteps} steps on this record. Make it shorter, or let it work on a smaller part of the record.`,
      );
    }
  }

  /** Pays for a list or text that was made; other values were paid for by visiting. */
  pay(value: unknown): void {
    if (typeof value === 'string') this.spend(value.length / charactersPerStep);
    else if (Array.isArray(value)) this.spend(value.length);
  }

  /** Pays for everything within a value, as often as it occurs there: what writing it out or comparing it costs. */
  payDeeply(value: unknown): void {
    this.spend(1);
    if (typeof value === 'string') this.pay(value);
    else if (Array.isArray(value)) for (const element of value) this.payDeeply(element);
    else if (typeof value === 'object' && value !== null) {
      for (const member of Object.values(value)) this.payDeeply(member);
    }
  }

  /** Pays for a call before it is made: some functions make far more than they are given. */
  payCall(name: string, values: readonly unknown[]): void {
    for (const value of values) this.pay(value);
    const [first, second, third, fourth] = values;
    switch (name) {
      case 'to_string':
      case 'contains':
        for (const value of values) this.payDeeply(value);
        return;
      case 'pad_left':
      case 'pad_right':
        if (typeof second === 'number') this.spend(Math.max(0, second) / charactersPerStep);
        return;
      case 'join':
        if (typeof first !== 'string' || !Array.isArray(second)) return;
        for (const element of second) this.pay(element);
        this.spend((first.length * second.length) / charactersPerStep);
        return;
      case 'replace':
        if (typeof first !== 'string' || typeof second !== 'string' || typeof third !== 'string') return;
        this.payReplacing(first, second, third, typeof fourth === 'number' ? fourth : 0);
        return;
      default:
    }
  }

  /** A counted replacement goes through the text once for each. */
  private payReplacing(text: string, old: string, by: string, count: number): void {
    const places = old === '' ? text.length + 1 : text.split(old).length - 1;
    this.spend((places * by.length) / charactersPerStep);
    if (count > 0) this.spend(count * (1 + (text.length + count * by.length) / charactersPerStep));
  }
}
