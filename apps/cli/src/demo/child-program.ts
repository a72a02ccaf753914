import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';

const root = path.resolve(import.meta.dirname, '../../../..');

/** One of the built programs of this project, in a process of its own. */
export class ChildProgram {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {}

  /**
   * Starts `dist/<entry>` and waits for the line that says where it listens.
   *
   * @throws Error with what the program said when it ends before that
   */
  static async start(
    entry: string,
    args: string[],
    env: Record<string, string>,
    listening: RegExp,
  ): Promise<ChildProgram> {
    const child = spawn(process.execPath, [path.join(root, entry), ...args], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said: string[] = [];
    const url = await new Promise<string>((resolve, reject) => {
      for (const stream of [child.stdout, child.stderr]) {
        createInterface({ input: stream }).on('line', (line) => {
          said.push(line);
          if (said.length > 30) said.shift();
          const found = listening.exec(line)?.[1];
          if (found !== undefined) resolve(found);
        });
      }
      child.once('error', reject);
      child.once('exit', () => {
        reject(new Error(`${entry} ended before it was ready:\n${said.join('\n')}`));
      });
    });
    return new ChildProgram(child, url);
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const exited = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await exited;
  }
}
