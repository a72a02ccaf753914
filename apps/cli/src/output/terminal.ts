import { createInterface } from 'node:readline';
import { styleText, stripVTControlCharacters } from 'node:util';

type Style = Parameters<typeof styleText>[0];

/** A stream that may be a terminal. */
export interface Output {
  write(text: string): unknown;
  isTTY?: boolean;
  columns?: number;
}

/** Where a command writes. Results go to `out`, everything else to `err`; answers come from `input`. */
export class Terminal {
  constructor(
    readonly out: Output & NodeJS.WritableStream,
    readonly err: Output & NodeJS.WritableStream,
    private readonly input: (NodeJS.ReadableStream & { isTTY?: boolean }) | null = null,
  ) {}

  get isInteractive(): boolean {
    return this.err.isTTY === true;
  }

  /** Columns of the terminal; null when the output goes elsewhere and need not fit. */
  get width(): number | null {
    return this.out.isTTY === true ? (this.out.columns ?? 80) : null;
  }

  print(text = ''): void {
    this.out.write(`${text}\n`);
  }

  note(text: string): void {
    this.err.write(`${text}\n`);
  }

  /** Asks whoever sits there; null: nobody does, or they gave no answer. */
  async ask(question: string): Promise<string | null> {
    const { input, err } = this;
    if (input?.isTTY !== true || !this.isInteractive) return null;
    const lines = createInterface({ input, output: err });
    return new Promise((resolve) => {
      const left = () => {
        err.write('\n');
        resolve(null);
      };
      lines.once('close', left);
      lines.question(question, (answer) => {
        lines.off('close', left);
        lines.close();
        resolve(answer);
      });
    });
  }

  /** Colours when the output shows them (`NO_COLOR` is heard). */
  style(style: Style, text: string): string {
    return this.out.isTTY === true ? styleText(style, text, { stream: this.out }) : text;
  }

  /** Text from outside, harmless on a terminal: escape sequences and control characters are gone. */
  static clean(text: string): string {
    return stripVTControlCharacters(text).replaceAll(/\p{Cc}+/gu, ' ');
  }

  /** The same for text whose line ends count, such as an armored key. */
  static cleanLines(text: string): string {
    return text
      .split(/\r?\n/)
      .map((line) => Terminal.clean(line))
      .join('\n')
      .trimEnd();
  }
}
