import { Terminal } from './terminal.js';

/** The steps of a check of a source, a line each. */
export function printCheckSteps(
  terminal: Terminal,
  steps: readonly { readonly step: string; readonly ok: boolean; readonly message: string }[],
): void {
  for (const { step, ok, message } of steps) {
    const mark = ok ? terminal.style('green', '✓') : terminal.style('red', '✗');
    terminal.print(`${mark} ${step.padEnd(13)} ${Terminal.clean(message)}`);
  }
}
