import { Injectable } from '@nestjs/common';
import { MusterConfig } from '#config';
import { type AccountId, accountName, accountsBelow, InboxDirectory } from '#sftp-inbox';

/**
 * The inboxes in which something may have come that no sync has read. A file is told of by the server that took it; what nobody
 * tells any more, because a process has ended or something else has changed, is found by looking through all inboxes.
 */
@Injectable()
export class Arrivals {
  private readonly waiting = new Map<string, AccountId>();

  constructor(private readonly config: MusterConfig) {}

  add(id: AccountId): void {
    this.waiting.set(accountName(id), id);
  }

  async addAll(): Promise<void> {
    const { sftp } = this.config;
    if (sftp === null) return;
    for await (const id of accountsBelow(new InboxDirectory(sftp.directory).allFiles)) this.add(id);
  }

  /** Those that are to be looked at, each of them until it is {@link add}ed again. */
  take(): AccountId[] {
    const taken = [...this.waiting.values()];
    this.waiting.clear();
    return taken;
  }
}
