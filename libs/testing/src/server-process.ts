import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

/** What is kept of the end of its log, in characters. */
const maxLog = 1_000_000;

export interface ServerProgram {
  /** For messages. */
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  /** Beside the environment of the tests. */
  readonly env?: Readonly<Record<string, string>>;
  /** Asked again and again after the start: whether it takes requests. */
  readonly isReady: (log: string) => boolean | Promise<boolean>;
}

/** Somebody else's server, running in a process of its own. */
export class ServerProcess {
  private text = '';

  private constructor(private readonly child: ChildProcess) {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => (this.text = (this.text + text).slice(-maxLog)));
    }
  }

  /** Resolves once it is ready. @throws Error with its log when it ends before */
  static async start({ name, program, args, env, isReady }: ServerProgram): Promise<ServerProcess> {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
    const server = new ServerProcess(child);
    const ended = new Promise<never>((_, reject) => {
      child.once('error', reject);
      child.once('exit', () => reject(new Error(`${name} ended: ${server.log}`)));
    });
    await Promise.race([ended, server.untilReady(isReady)]);
    ended.catch(() => undefined);
    return server;
  }

  /** What it has written. */
  get log(): string {
    return this.text;
  }

  /** Ends it, if it has not ended already. */
  async end(signal: NodeJS.Signals): Promise<void> {
    if (this.hasEnded) return;
    this.child.kill(signal);
    await once(this.child, 'exit');
  }

  private get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  private async untilReady(isReady: ServerProgram['isReady']): Promise<void> {
    while (!this.hasEnded && !(await isReady(this.text))) await sleep(50);
  }
}
