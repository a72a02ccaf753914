import { PassThrough, Writable } from 'node:stream';
import type { Environment } from '../../apps/cli/src/context.js';
import { Terminal } from '../../apps/cli/src/output/terminal.js';
import { run } from '../../apps/cli/src/program.js';

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

/** Runs one command line at a terminal; gives its exit code and what it has written. */
export async function runAt(
  { terminal, out, err }: ReturnType<typeof capturedTerminal>,
  args: readonly string[],
  env?: Environment,
) {
  const code = await run(args, terminal, env);
  return { code, out: out.text, err: err.text };
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
