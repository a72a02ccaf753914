import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { AccountId } from './account-name.js';

/** Where what is where, on the one file system that all fetchers share. */
export class InboxDirectory {
  constructor(private readonly root: string) {}

  /** The files of an integration that are whole: what its sender and its connector see. */
  filesOf({ tenantId, integrationId }: AccountId): string {
    return join(this.root, 'files', tenantId, integrationId);
  }

  /** What is still being sent for it, under names that say nothing. Nobody but the server sees it. */
  incomingOf({ tenantId, integrationId }: AccountId): string {
    return join(this.root, 'incoming', tenantId, integrationId);
  }

  get allFiles(): string {
    return join(this.root, 'files');
  }

  get allIncoming(): string {
    return join(this.root, 'incoming');
  }

  /** The key that the server made for itself. */
  get hostKey(): string {
    return join(this.root, 'host_key');
  }

  async make(): Promise<void> {
    for (const path of [this.root, this.allFiles, this.allIncoming])
      await mkdir(path, { recursive: true, mode: 0o700 });
  }
}
