import { Injectable } from '@nestjs/common';
import type { JsonValue, Sync } from '#core';
import { FailedRecords } from './failed-records.js';
import { PushedChanges } from './scim/pushed-changes.js';
import { SourceFailure } from './source-failure.js';
import { type Source, SourceOpener } from './source-opener.js';

/** Opens what a sync reads: its integration's source, or what of it Muster has itself. */
@Injectable()
export class SyncSources {
  constructor(
    private readonly sources: SourceOpener,
    private readonly failedRecords: FailedRecords,
    private readonly pushed: PushedChanges,
  ) {}

  /**
   * @param state what its connector remembers; default: what is stored
   * @throws SourceFailure when the integration's settings open no source
   */
  async open(sync: Sync, signal: AbortSignal, state?: JsonValue | null): Promise<Source> {
    const { tenantId, integrationId, frozen, failedOf, trigger } = sync;
    if (failedOf !== null) return this.failedRecords.open(sync, failedOf, signal);
    if (trigger === 'push') return this.pushed.open(sync, signal);
    const { connectorId } = frozen;
    const source = { tenantId, integrationId, connectorId, ...(state === undefined ? {} : { state }) };
    const opened = await this.sources.open(source, signal);
    if ('failure' in opened) throw new SourceFailure(opened.failure);
    return opened.source;
  }
}
