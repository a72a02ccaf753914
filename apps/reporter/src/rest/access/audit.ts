import { Injectable } from '@nestjs/common';
import { Clock, SettingsStore, type TenantId } from '#core';
import { type Caller, callerName } from '../http/caller.js';

/** Writes down who changed what. Never a secret, never a person's value. */
@Injectable()
export class Audit {
  constructor(
    private readonly settings: SettingsStore,
    private readonly clock: Clock,
  ) {}

  async note(caller: Caller, tenantId: TenantId | null, action: string, subject: string, detail = ''): Promise<void> {
    await this.settings.appendAudit({
      tenantId,
      at: this.clock.now(),
      by: callerName(caller),
      action,
      subject,
      detail,
    });
  }
}
