import { PassThrough, Writable } from 'node:stream';
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

/** A terminal with somebody before it, who is asked once. */
export function answeringTerminal(answer: () => Promise<string>) {
  const out = new Captured();
  const err = new Captured();
  const input = Object.assign(new PassThrough(), { isTTY: true });
  err.isTTY = true;
  const write = err.write.bind(err);
  let isAsked = false;
  err.write = (text: unknown) => {
    if (!isAsked && String(text).includes('[y/N]')) {
      isAsked = true;
      void answer().then((line) => input.write(`${line}\n`));
    }
    return write(text);
  };
  return { terminal: new Terminal(out, err, input), out, err };
}
