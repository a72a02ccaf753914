import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { SettingsStore, SyncStore } from '#core';
import { SyncQueue } from '#pipeline';
import { Audit } from '../../../access/audit.js';
import { callerName } from '../../../http/caller.js';
import { defineEndpoint, Endpoint, type InputOf } from '../../../http/endpoint.js';
import { notFound } from '../../../http/problem.errors.js';
import { idOfMade } from '../../../http/repeatable-requests.js';
import { syncMode } from '../../words.js';
import { IntegrationPauser } from '../integrations/integration-pauser.js';
import { syncView, toSyncView } from './sync-view.js';
import { UndoRules } from './undo-rules.js';

const undoSync = defineEndpoint({
  method: 'POST',
  path: '/v1/tenants/{tenant}/syncs/{sync}/undo',
  role: 'admin',
  idempotencyKey: 'optional',
  summary: 'Take back what a sync has done: dry unless asked otherwise',
  description:
    'A sync of its own, planned from what was there before. Users whom something else has changed since are left as they are and shown as `drifted`. A dry undo shows what would happen; approving it applies exactly that. A live one, or the approval, pauses the integration until somebody resumes it, because its source would do the same again; undoing a change by hand pauses nothing.',
  body: z.strictObject({ mode: syncMode.default('dry') }),
  status: 202,
  response: syncView,
  problems: ['alreadyUndone', 'notEnded', 'nothingToUndo', 'preconditionFailed'],
});

@Controller()
export class UndoController {
  constructor(
    private readonly syncs: SyncStore,
    private readonly settings: SettingsStore,
    private readonly rules: UndoRules,
    private readonly pauser: IntegrationPauser,
    private readonly queue: SyncQueue,
    private readonly audit: Audit,
  ) {}

  @Endpoint(undoSync)
  async undo({ tenant, params, body, caller, repeatSeed }: InputOf<typeof undoSync>) {
    const id = idOfMade('sync', repeatSeed);
    const queued = repeatSeed === null ? null : await this.syncs.sync(tenant.id, id);
    if (queued !== null) return toSyncView(queued);
    const undone = await this.syncs.sync(tenant.id, params.sync);
    if (undone === null) throw notFound();
    const undo = await this.rules.commandFor(undone);
    const integration = await this.settings.integration(tenant.id, undone.integrationId);
    if (integration === null) throw notFound();
    const { mode } = body;
    const sync = await this.queue.prepare({
      id,
      tenant,
      integration,
      mode,
      trigger: 'undo',
      mapping: null,
      requestedBy: callerName(caller),
      undo,
    });
    // Before anything is taken back, so that no run comes between.
    if (mode === 'live' && !undo.byHand) await this.pauser.pauseFor(sync.id, tenant.id, integration.id);
    const generation = await this.syncs.queue(sync);
    await this.audit.note(caller, tenant.id, 'sync.undo', undone.id, `${mode}, ${sync.id}`);
    // Last: a repeated request finds the sync and looks no further.
    await this.queue.wakeFor(sync);
    return toSyncView({ ...sync, generation });
  }
}
