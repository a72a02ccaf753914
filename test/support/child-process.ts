import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

const dist = path.resolve(import.meta.dirname, '..', '..').replace(/\/dist$/, '');

export interface ProgramOptions {
  args?: string[];
  env?: Record<string, string>;
  nodeArgs?: string[];
  /** Finds in its output where it listens. */
  listening: RegExp;
  /** Told each line that it writes. */
  onLine?: (line: string) => void;
}

/** A program of this project in a process of its own, from the built tree. */
export class BuiltProgram {
  private constructor(
    private readonly child: ChildProcess,
    /** Where it listens, once it says so; rejects when it ends before. */
    readonly listening: Promise<string>,
    /** The last lines that it wrote, standard output and errors together. */
    readonly said: readonly string[],
  ) {
    listening.then(
      (url) => (this.url = url),
      () => undefined,
    );
  }

  /** Where it listens; empty until it has said so. */
  url = '';

  /** Starts it and waits for the line that says where it listens. */
  static async start(entry: string, options: ProgramOptions): Promise<BuiltProgram> {
    const program = BuiltProgram.launch(entry, options);
    program.url = await program.listening;
    return program;
  }

  /** Starts it and waits for nothing. */
  static launch(entry: string, options: ProgramOptions): BuiltProgram {
    const file = path.join(dist, 'dist', entry);
    const child = spawn(process.execPath, [...(options.nodeArgs ?? []), file, ...(options.args ?? [])], {
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said: string[] = [];
    const listening = new Promise<string>((resolve, reject) => {
      const read = (stream: NodeJS.ReadableStream): void => {
        createInterface({ input: stream }).on('line', (line) => {
          said.push(line);
          if (said.length > 50) said.shift();
          options.onLine?.(line);
          const found = options.listening.exec(line)?.[1];
          if (found !== undefined) resolve(found);
        });
      };
      read(child.stdout);
      read(child.stderr);
      child.once('exit', (code, signal) => {
        reject(new Error(`${entry} ended (${String(code ?? signal)}) before it listened:\n${said.join('\n')}`));
      });
    });
    return new BuiltProgram(child, listening, said);
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** How it ended: an exit code or a signal. Null while it runs. */
  get ended(): number | string | null {
    return this.child.exitCode ?? this.child.signalCode;
  }

  get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  onExit(told: () => void): void {
    this.child.once('exit', told);
  }

  signal(name: NodeJS.Signals): void {
    this.child.kill(name);
  }

  /** Ends it without a chance to tidy up. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  /** Asks it to stop and waits. */
  async stop(): Promise<void> {
    await this.end('SIGTERM');
  }

  /** Highest resident memory so far, in MiB; null where the system does not tell. */
  peakRssMiB(): number | null {
    try {
      const kib = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${String(this.pid)}/status`, 'utf8'))?.[1];
      return kib === undefined ? null : Number(kib) / 1024;
    } catch {
      return null;
    }
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    if (this.hasEnded) return;
    const exited = once(this.child, 'exit');
    this.child.kill(signal);
    await Promise.race([exited, sleep(20_000, undefined, { ref: false })]);
    if (!this.hasEnded) this.child.kill('SIGKILL');
  }
}
