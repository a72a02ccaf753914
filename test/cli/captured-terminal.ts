import { Writable } from 'node:stream';
import { Terminal } from '../../apps/cli/src/output/terminal.js';

class Captured extends Writable {
  text = '';
  isTTY = false;
  columns = 80;

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

/** A terminal whose output a test reads; `columns` makes it an interactive one of that width. */
export function capturedTerminal(columns?: number) {
  const out = new Captured();
  const err = new Captured();
  if (columns !== undefined) Object.assign(out, { isTTY: true, columns });
  return { terminal: new Terminal(out, err), out, err };
}
