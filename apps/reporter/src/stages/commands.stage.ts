import { Controller } from '@nestjs/common';
import type { SyncId, TenantId } from '#core';
import { Consumes, type StageMessage } from '#pipeline';
import { SyncAdvancer } from '../advance/sync-advancer.js';

/** Commands to the reporter: look at a sync and move it on if its barrier is reached. */
@Controller()
export class ReporterCommandsStage {
  constructor(private readonly advancer: SyncAdvancer) {}

  @Consumes('sync-commands', { group: 'reporter', maxBatch: 100 })
  async handle(batch: StageMessage<'sync-commands'>[]): Promise<void> {
    const syncs = new Map<SyncId, TenantId>();
    for (const { body } of batch) {
      if (body.role === 'reporter' && body.syncId !== null) syncs.set(body.syncId, body.tenantId);
    }
    for (const [syncId, tenantId] of syncs) await this.advancer.advance(tenantId, syncId);
  }
}
