import type { AppliedFile, CsvSftpState, SeenFile } from './csv-sftp.state.js';

/** A file in the folder whose name is meant. */
export interface WaitingFile extends SeenFile {
  /** The moment in its name. */
  readonly stamp: string;
  /** Whole, as far as can be told from outside: it has stopped growing, and what must lie beside it does. */
  readonly isReady: boolean;
  /** Of the file that was applied last and lies in the archive: where, and what it must still be. */
  readonly archived?: { readonly path: string; readonly sha256: string };
}

/** Whether the file that was applied last may be read again, and why. */
export type SecondReading = 'no' | 'otherMapping' | 'asked';

/** What a sync does with the files that it finds. */
export interface FileChoice {
  /** The file to read; null: there is no news. */
  readonly read: WaitingFile | null;
  /** Why that is one which was applied before; `no`: it was not. */
  readonly again: SecondReading;
  /** What was applied under the same name and size but with another time: equal in content, it is no news. */
  readonly sameAs: AppliedFile | null;
  /** What was applied before and lies there still, or again. */
  readonly applied: readonly WaitingFile[];
  /** Done with: applied before, or overtaken by a newer full file. To be archived once a sync has been applied. */
  readonly done: readonly WaitingFile[];
  /** Deltas that are older than what has been applied: reading one would undo news. They stay where they are. */
  readonly late: readonly WaitingFile[];
  /** Files that have to wait for a later sync. */
  readonly waiting: readonly WaitingFile[];
  /** Days between the last delta and this one on which there was none. */
  readonly missingDays: number;
}

/**
 * Of full files the newest that is ready is read: everybody is in it, so older ones say nothing more. Of deltas the oldest
 * is read, one a sync: two changes of a person in one sync would contradict each other. A delta that is not ready yet is
 * not passed over either.
 */
export function chooseFile(
  files: readonly WaitingFile[],
  content: 'full' | 'delta',
  { stamp, applied }: CsvSftpState,
  second: SecondReading = 'no',
): FileChoice {
  const [last] = applied;
  // No other one: what was applied before it is overtaken, and would bring back the past.
  const isLast = (file: WaitingFile): boolean => last !== undefined && isSeen(file, last);
  const isApplied = (file: WaitingFile): boolean =>
    applied.some((one) => isSeen(file, one)) && !(second !== 'no' && isLast(file));
  const known = files.filter(isApplied);
  const open = files
    .filter((file) => !isApplied(file))
    .sort((a, b) => compare(a.stamp, b.stamp) || compare(a.name, b.name));
  const isOld = (file: WaitingFile): boolean => stamp !== null && file.stamp < stamp;
  const current = open.filter((file) => !isOld(file));
  const old = open.filter(isOld);
  const read = content === 'full' ? (current.findLast(({ isReady }) => isReady) ?? null) : firstIfReady(current);
  const at = read === null ? 0 : current.indexOf(read);
  const passed = content === 'full' ? [...old, ...current.slice(0, at)] : [];
  const overtaken = passed.filter(({ isReady, archived }) => isReady && archived === undefined);
  return {
    read,
    again: read !== null && isLast(read) ? second : 'no',
    sameAs: read === null || isLast(read) ? null : (applied.find((one) => isAlike(read, one)) ?? null),
    applied: known,
    done: [...known, ...overtaken],
    late: content === 'delta' ? old : [],
    waiting: current.slice(read === null ? 0 : at + 1),
    missingDays: content === 'delta' && read !== null && stamp !== null ? daysBetween(stamp, read.stamp) : 0,
  };
}

/** The very file, as far as can be told without reading it. */
export function isSeen(file: SeenFile, other: SeenFile): boolean {
  return isAlike(file, other) && file.modified === other.modified;
}

function isAlike(file: SeenFile, other: SeenFile): boolean {
  return file.name === other.name && file.size === other.size;
}

function firstIfReady([first]: readonly WaitingFile[]): WaitingFile | null {
  return first?.isReady === true ? first : null;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function daysBetween(from: string, to: string): number {
  const day = (stamp: string): number => Date.parse(`${stamp.slice(0, 10)}T00:00:00Z`) / 86_400_000;
  return Math.max(0, day(to) - day(from) - 1);
}
