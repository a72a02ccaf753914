import { type ConnectorContext, type Inbox, type InboxEntry, SourceConfigurationError } from '#connector-sdk';
import type { ReportFile, ReportFolder } from '../report-folder.js';

/** Muster's own inbox, as the folder that reports lie in. */
export class InboxFolder implements ReportFolder {
  private constructor(private readonly inbox: Inbox) {}

  /** @throws SourceConfigurationError `inboxClosed` where this Muster takes no files */
  static open({ inbox }: Pick<ConnectorContext, 'inbox'>): InboxFolder {
    if (inbox !== undefined) return new InboxFolder(inbox);
    throw new SourceConfigurationError({ code: 'inboxClosed', message: inboxClosed });
  }

  async list(folder: string, isMeant: (name: string) => boolean): Promise<ReportFile[]> {
    return (await this.inbox.list(inboxPath(folder))).filter(({ name }) => isMeant(name)).map(toFile);
  }

  async look(path: string): Promise<ReportFile | null> {
    const entry = await this.inbox.look(inboxPath(path));
    return entry === null ? null : toFile(entry);
  }

  async isFolder(path: string): Promise<boolean> {
    return (await this.inbox.look(inboxPath(path)))?.kind === 'folder';
  }

  async makeFolder(path: string): Promise<void> {
    await this.inbox.makeFolder(inboxPath(path));
  }

  async rename(from: string, to: string): Promise<void> {
    await this.inbox.move(inboxPath(from), inboxPath(to));
  }

  read(path: string, { size, modified }: ReportFile): AsyncGenerator<Uint8Array, void, void> {
    const at = inboxPath(path);
    return this.inbox.read(at, { name: at, kind: 'file', size, modified });
  }

  close(): void {
    // Each request stands for itself.
  }
}

export const inboxClosed =
  'This Muster takes no files by SFTP. Its operator sets MUSTER_SFTP_PORT, for the fetcher and the reporter.';

/** Settings may say a folder from the top, which for a sender is that of the account. */
export function inboxPath(path: string): string {
  return path.replace(/^\.?\/+/, '') || '.';
}

function toFile({ name, kind, size, modified }: InboxEntry): ReportFile {
  return { name, size, modified, isRegular: kind === 'file' };
}
