import { type ConnectorContext, type Inbox, SourceConfigurationError } from '#connector-sdk';
import type { ReportFile, ReportFolder } from '../report-folder.js';

/** Muster's own inbox, as the folder that reports lie in. Each method throws the signal's reason once it is aborted. */
export class InboxFolder implements ReportFolder {
  private constructor(
    private readonly files: Inbox,
    private readonly signal: AbortSignal,
  ) {}

  /** @throws SourceConfigurationError `inboxClosed` where this Muster takes no files */
  static open({ inbox, signal }: Pick<ConnectorContext, 'inbox' | 'signal'>): InboxFolder {
    if (inbox !== undefined) return new InboxFolder(inbox, signal);
    throw new SourceConfigurationError({ code: 'inboxClosed', message: inboxClosed });
  }

  async list(folder: string, isMeant: (name: string) => boolean): Promise<ReportFile[]> {
    return (await this.inbox.list(inboxPath(folder))).filter(({ name }) => isMeant(name));
  }

  async look(path: string): Promise<ReportFile | null> {
    return this.inbox.look(inboxPath(path));
  }

  async makeFolder(path: string): Promise<void> {
    await this.inbox.makeFolder(inboxPath(path));
  }

  async rename(from: string, to: string): Promise<void> {
    await this.inbox.move(inboxPath(from), inboxPath(to));
  }

  async *read(path: string, { size, modified }: ReportFile): AsyncGenerator<Uint8Array, void, void> {
    const at = inboxPath(path);
    for await (const chunk of this.inbox.read(at, { name: at, kind: 'file', size, modified })) {
      this.signal.throwIfAborted();
      yield chunk;
    }
  }

  close(): void {
    // Each request stands for itself.
  }

  private get inbox(): Inbox {
    this.signal.throwIfAborted();
    return this.files;
  }
}

export const inboxClosed =
  'This Muster takes no files by SFTP. Its operator sets MUSTER_SFTP_PORT, for the fetcher and the reporter.';

/** Settings may say a folder from the top, which for a sender is that of the account. */
export function inboxPath(path: string): string {
  return path.replace(/^\.?\/+/, '') || '.';
}
