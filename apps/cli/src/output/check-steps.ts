import { Terminal } from './terminal.js';
import { count, wrap } from './text.js';

interface ShownStep {
  readonly step: string;
  readonly ok: boolean;
  readonly message: string;
  readonly fields?: readonly string[];
  readonly moreFields?: number;
}

/** The steps of a check of a source, a line each; under it the fields that it has found. */
export function printCheckSteps(terminal: Terminal, steps: readonly ShownStep[]): void {
  for (const { step, ok, message, fields = [], moreFields = 0 } of steps) {
    const mark = ok ? terminal.style('green', '✓') : terminal.style('red', '✗');
    terminal.print(`${mark} ${step.padEnd(13)} ${Terminal.clean(message)}`);
    if (fields.length === 0) continue;
    const more = moreFields === 0 ? '' : ` and ${count(moreFields)} more`;
    terminal.print(wrap(`${fields.join(', ')}${more}`, Math.min(terminal.width ?? 100, 100), ' '.repeat(16)));
  }
}
