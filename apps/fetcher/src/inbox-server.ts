import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { MusterConfig } from '#config';
import type { Inbox } from '#connector-sdk';
import { Clock } from '#core';
import { type AccountId, FolderInbox, InboxDirectory, openHostKey, SftpInboxServer, sweepInboxes } from '#sftp-inbox';
import { errorFields, Logger } from '#telemetry';
import { Arrivals } from './arrivals.js';
import { InboxAccounts } from './inbox-accounts.js';

const sweepEveryMs = 3_600_000;

/** Takes files from those who send them, where the settings say so, and lends them to their integration's connector. */
@Injectable()
export class InboxServer implements OnApplicationBootstrap, OnModuleDestroy {
  private server: SftpInboxServer | null = null;
  private sweeping: NodeJS.Timeout | null = null;

  constructor(
    private readonly config: MusterConfig,
    private readonly accounts: InboxAccounts,
    private readonly arrivals: Arrivals,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const settings = this.config.sftp;
    if (settings === null) return;
    const { accounts, arrivals, logger } = this;
    const hostKey = await openHostKey(settings);
    this.server = await SftpInboxServer.start({
      settings,
      hostKey,
      accounts,
      logger,
      arrived: (id) => arrivals.add(id),
    });
    const { port } = this.server;
    logger.info('Files are taken by SFTP.', { host: settings.host, port, fingerprint: hostKey.fingerprint });
    this.sweeping = setInterval(() => void this.sweep(settings.directory), sweepEveryMs).unref();
    await this.sweep(settings.directory);
  }

  async onModuleDestroy(): Promise<void> {
    if (this.sweeping !== null) clearInterval(this.sweeping);
    await this.server?.stop();
    await this.accounts.flush();
  }

  /** Where it listens; null when it does not. */
  get port(): number | null {
    return this.server?.port ?? null;
  }

  /** Null when no files are taken. */
  of(id: AccountId): Inbox | null {
    const { sftp } = this.config;
    return sftp === null ? null : new FolderInbox(new InboxDirectory(sftp.directory).filesOf(id));
  }

  private async sweep(directory: string): Promise<void> {
    const { accounts, logger } = this;
    try {
      const files = await sweepInboxes(new InboxDirectory(directory), {
        archiveDays: this.config.retention.snapshots,
        nowMs: this.clock.nowMs(),
        archivesOf: async (id) => (await accounts.find(id))?.use.archives ?? [],
      });
      if (files > 0) logger.info('Old files of senders were deleted.', { files });
    } catch (error) {
      logger.warn('Old files of senders could not be deleted.', errorFields(error));
    }
  }
}
