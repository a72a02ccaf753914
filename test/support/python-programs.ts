import { spawn } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';

/** Programs that judge Muster from outside, from PyPI, in an environment of their own beside the services for tests. */
export class PythonPrograms {
  private constructor(private readonly home: string) {}

  /** Installs them once. @param name of their folder, with their versions @param packages as pip is told of them, pinned */
  static async install(name: string, packages: readonly string[]): Promise<PythonPrograms> {
    const home = path.join(homedir(), '.cache', 'muster', name);
    const programs = new PythonPrograms(home);
    const mark = path.join(home, 'installed');
    if (existsSync(mark)) return programs;
    rmSync(home, { recursive: true, force: true });
    const isReady =
      (await runs('python3', ['-m', 'venv', home])) &&
      (await programs.run('python', ['-m', 'pip', 'install', '--quiet', ...packages]));
    if (!isReady)
      throw new Error(`${packages.join(', ')} can't be installed: Python 3.10 with venv and pip is needed.`);
    writeFileSync(mark, '');
    return programs;
  }

  /** Whether it ends well; what it says goes to this terminal. */
  async run(program: string, args: readonly string[], options: RunOptions = {}): Promise<boolean> {
    return runs(path.join(this.home, 'bin', program), args, options);
  }
}

interface RunOptions {
  /** Default: the one for temporary files. */
  directory?: string;
  /** Besides those of this process. */
  env?: Record<string, string>;
}

function runs(
  program: string,
  args: readonly string[],
  { directory = tmpdir(), env }: RunOptions = {},
): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: directory, stdio: 'inherit', env: { ...process.env, ...env } });
    child.once('error', reject);
    child.once('close', (code) => resolve(code === 0));
  });
}
