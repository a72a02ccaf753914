import type { InboxEntry } from '#connector-sdk';
import type { SeenFile } from './csv-sftp.state.js';

/** Something as it was last seen, on a server or in the inbox. */
export type ReportFile = InboxEntry;

/** Where reports lie: on somebody's SFTP server, or in Muster's own inbox. Paths are as the settings write them. */
export interface ReportFolder {
  /**
   * Entries of a folder for which `isMeant`, in no order.
   *
   * @throws SourceError; `folderTooFull` when it has more than 100,000 entries
   */
  list(folder: string, isMeant: (name: string) => boolean): Promise<ReportFile[]>;
  /** What is at a path, a link itself instead of what it leads to; null when nothing is. */
  look(path: string): Promise<ReportFile | null>;
  makeFolder(path: string): Promise<void>;
  /** Never over what is there. */
  rename(from: string, to: string): Promise<void>;
  /**
   * The bytes of a regular file that is still as it was seen.
   *
   * @throws SourceRetriableError `fileChanged` when it is, or becomes, another one; then nothing read of it is to be trusted
   */
  read(path: string, seen: ReportFile): AsyncGenerator<Uint8Array, void, void>;
  close(): void;
}

export function isSame(one: Omit<ReportFile, 'name'>, other: Omit<ReportFile, 'name'>): boolean {
  return one.kind === 'file' && other.kind === 'file' && one.size === other.size && one.modified === other.modified;
}

/** A file as it was seen in the folder; only those with a content of their own are among them. */
export function asFile(file: SeenFile): ReportFile {
  return { ...file, kind: 'file' };
}
