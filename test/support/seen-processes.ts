import { readdirSync, readFileSync } from 'node:fs';

/** What anybody on the machine may read of a process. */
export interface SeenProcess {
  readonly pid: number;
  readonly parent: number;
  /** Its words, with a zero byte behind each. */
  readonly commandLine: Buffer;
  readonly environment: Buffer;
}

/** Every process of the machine, as `/proc` shows it; one that ends meanwhile is left out. */
export function seenProcesses(): SeenProcess[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const status = readFileSync(`/proc/${pid}/stat`, 'utf8');
        return [
          {
            pid: Number(pid),
            // Behind the name, which stands in parentheses and may hold anything: state, then the parent.
            parent: Number(status.slice(status.lastIndexOf(')') + 2).split(' ')[1]),
            commandLine: readFileSync(`/proc/${pid}/cmdline`),
            environment: readFileSync(`/proc/${pid}/environ`),
          },
        ];
      } catch {
        return [];
      }
    });
}

/** Those below a process, with those below them. */
export function descendants(of: number, all: readonly SeenProcess[]): SeenProcess[] {
  const children = all.filter(({ parent }) => parent === of);
  return children.flatMap((child) => [child, ...descendants(child.pid, all)]);
}
