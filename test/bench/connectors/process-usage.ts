import { readFileSync } from 'node:fs';

const ticksPerSecond = 100;

export interface ProcessUsage {
  cpuSeconds: number;
  peakMiB: number;
}

/** What a process has used so far, as Linux tells it; null when it is gone. */
export function processUsage(pid: string | number): ProcessUsage | null {
  try {
    const afterName = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    const peak = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    const cpuSeconds = (Number(afterName[11]) + Number(afterName[12])) / ticksPerSecond;
    // One that has just ended has no memory any more.
    return peak === undefined ? null : { cpuSeconds, peakMiB: Number(peak) / 1024 };
  } catch {
    return null;
  }
}

/** Processes that this one has started, oldest first. */
export function childPids(): string[] {
  return readFileSync(`/proc/self/task/${String(process.pid)}/children`, 'utf8')
    .trim()
    .split(' ')
    .filter(Boolean);
}
