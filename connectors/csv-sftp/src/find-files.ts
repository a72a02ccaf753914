import { setTimeout as sleep } from 'node:timers/promises';
import type { WaitingFile } from './choose-file.js';
import { parseFilePattern } from './file-pattern.js';
import type { ReportSettings } from './report.settings.js';
import { isSame, type ReportFile, type ReportFolder } from './report-folder.js';

/** A file that is not read yet, and why. */
export interface UnreadyFile {
  readonly name: string;
  readonly reason: 'notRegular' | 'dateAhead' | 'stillGrowing' | 'besideMissing';
}

export interface FoundFiles {
  readonly folder: string;
  readonly files: readonly WaitingFile[];
  readonly unready: readonly UnreadyFile[];
}

type Settings = Pick<
  ReportSettings,
  'path' | 'settleSeconds' | 'markerSuffix' | 'rowCountSuffix' | 'checksumSuffix' | 'archiveFolder'
>;

/**
 * Today is tomorrow elsewhere, and a report may be dated by the day that it is for. Beyond that it is a slip, after which every
 * true date would look old.
 */
const maxDaysAhead = 2;

/** Names of the files that must lie beside a file before it is read. */
export function besideOf(name: string, settings: Omit<Settings, 'path' | 'settleSeconds' | 'archiveFolder'>): string[] {
  const { markerSuffix, rowCountSuffix, checksumSuffix } = settings;
  return [markerSuffix, rowCountSuffix, checksumSuffix].flatMap((suffix) =>
    suffix === undefined ? [] : [name + suffix],
  );
}

/**
 * Looks at the files that the path means. Links, folders and the like are none. Without a marker file, a file is ready when it has
 * the same size and time at two looks.
 *
 * @throws SourceError; the signal's reason when aborted
 */
export async function findFiles(session: ReportFolder, settings: Settings, signal: AbortSignal): Promise<FoundFiles> {
  const { folder, stampOf } = parseFilePattern(settings.path);
  const { settleSeconds = 0 } = settings;
  const look = async (): Promise<ReportFile[]> => session.list(folder, (name) => stampOf(name) !== null);
  const first = await look();
  let second = first;
  if (settings.markerSuffix === undefined && settleSeconds > 0 && first.length > 0) {
    await pause(settleSeconds * 1000, signal);
    second = await look();
  }
  const files: WaitingFile[] = [];
  const unready: UnreadyFile[] = [];
  for (const file of second) {
    const { name, kind, size, modified } = file;
    const stamp = stampOf(name) ?? '';
    if (kind !== 'file') {
      unready.push({ name, reason: 'notRegular' });
      continue;
    }
    const before = first.find((one) => one.name === name);
    const isStill = before !== undefined && isSame(before, file);
    const isAccompanied = await allThere(session, folder, besideOf(name, settings));
    const isAhead = isDatedAhead(stamp);
    if (isAhead) unready.push({ name, reason: 'dateAhead' });
    else if (!isStill) unready.push({ name, reason: 'stillGrowing' });
    else if (!isAccompanied) unready.push({ name, reason: 'besideMissing' });
    files.push({ name, size, modified, stamp, isReady: !isAhead && isStill && isAccompanied });
  }
  return { folder, files, unready };
}

/** Whether the moment in a file's name is too far ahead to be true. */
export function isDatedAhead(stamp: string): boolean {
  return (Date.parse(`${stamp.slice(0, 10)}T00:00:00Z`) - Date.now()) / 86_400_000 > maxDaysAhead;
}

async function allThere(session: ReportFolder, folder: string, names: readonly string[]): Promise<boolean> {
  for (const name of names) {
    if ((await session.look(`${folder}/${name}`))?.kind !== 'file') return false;
  }
  return true;
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(ms, undefined, { signal });
  } finally {
    signal.throwIfAborted();
  }
}
