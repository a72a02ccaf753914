import { Injectable } from '@nestjs/common';
import { SettingsStore, type Sync, SyncStore } from '#core';
import { Audit } from '../../../access/audit.js';
import type { Caller } from '../../../http/caller.js';
import { IntegrationPauser } from '../integrations/integration-pauser.js';
import { UndoRules } from './undo-rules.js';

/** What an approval does to the integration whose plan it lets through. */
@Injectable()
export class ApprovalEffects {
  constructor(
    private readonly settings: SettingsStore,
    private readonly syncs: SyncStore,
    private readonly undoRules: UndoRules,
    private readonly pauser: IntegrationPauser,
    private readonly audit: Audit,
  ) {}

  /**
   * An undo pauses the integration before anything is taken back.
   *
   * @throws ProblemError `alreadyUndone` when another undo has been faster
   */
  async before({ tenantId, integrationId, id, mode, undo }: Sync): Promise<void> {
    if (undo === null) return;
    const undone = mode === 'dry' ? await this.syncs.sync(tenantId, undo.syncId) : null;
    if (undone !== null) await this.undoRules.requireNotUndone(undone, undo.outcomes);
    if (!undo.byHand) await this.pauser.pauseFor(id, tenantId, integrationId);
  }

  /** The first approval of what the source showed makes an integration live. */
  async after({ tenantId, integrationId, id, mode, undo }: Sync, caller: Caller): Promise<void> {
    if (mode !== 'dry' || undo !== null) return;
    const integration = await this.settings.integration(tenantId, integrationId);
    if (integration?.standing !== 'observe') return;
    await this.settings.makeLive(tenantId, integration.id);
    await this.audit.note(caller, tenantId, 'integration.makeLive', integration.id, `approval of ${id}`);
  }
}
