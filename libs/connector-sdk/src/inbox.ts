import type { JsonValue } from './json-value.js';

/** Something in an inbox, as it is now. */
export interface InboxEntry {
  /** Of a listed folder, its name there; else the path that was asked for. */
  readonly name: string;
  /** `other`: a link or whatever else has no content of its own. */
  readonly kind: 'file' | 'folder' | 'other';
  readonly size: number;
  /** Seconds since 1970, with fractions: when its last byte was written, by Muster's clock. */
  readonly modified: number;
}

/**
 * The files that somebody has sent for an integration, each of them whole: what is still being sent is not among them. Paths
 * are relative, with `/` between their steps and without `.` and `..`; each method throws a `SourceFatalError` for others.
 */
export interface Inbox {
  /** @throws SourceFatalError `folderTooFull` for more than 100,000 entries; a folder that is not there is empty */
  list(folder: string): Promise<InboxEntry[]>;
  /** What is at a path, a link itself instead of what it leads to; null when nothing is. */
  look(path: string): Promise<InboxEntry | null>;
  /**
   * The bytes of a file that is still as it was seen.
   *
   * @throws SourceRetriableError `fileChanged` when it is, or becomes, another one; then nothing read of it is to be trusted
   */
  read(path: string, seen: InboxEntry): AsyncGenerator<Uint8Array, void, void>;
  /** Makes a folder in one that is there. */
  makeFolder(path: string): Promise<void>;
  /** Moves a file to where nothing is. */
  move(from: string, to: string): Promise<void>;
}

/** How files that have come begin a sync. */
export interface InboxArrivals {
  /** The folder in which they are looked for. */
  readonly folder: string;
  /** So long nothing of what a sync reads must have changed before it begins. */
  readonly pauseSeconds: number;
  /**
   * The files that the next sync would read and prove, whole as far as their names tell; null: nothing new, or not all of it is there.
   * Pure.
   *
   * @param entries of the folder, in no order
   * @param state what the connector remembers
   */
  next(entries: readonly InboxEntry[], state: JsonValue | null): readonly InboxEntry[] | null;
}

/** What a connector says of an integration whose files are sent to Muster. */
export interface InboxUse {
  /** Folders into which files may be sent; they are made when the sender first logs in. */
  readonly folders: readonly string[];
  /** Folders into which the connector moves what was applied: from there it is deleted when snapshots are. */
  readonly archives: readonly string[];
  /** In OpenSSH's form, `ssh-ed25519 AAAA… comment`: whoever has one of their private keys may send. */
  readonly publicKeys: readonly string[];
  /** Whether a file of that path may be named where it is told what was sent: what others are called may say anything. */
  isExpected(path: string): boolean;
  /** Left out: what has come waits for the schedule, or for somebody to ask. */
  readonly arrivals?: InboxArrivals;
}

/** Where files for an integration are sent to. */
export interface InboxAddress {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** Of the host key, as `ssh-keygen -l` shows it; null where it is not known. */
  readonly fingerprint: string | null;
}
