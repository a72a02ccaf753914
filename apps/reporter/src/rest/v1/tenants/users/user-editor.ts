import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import {
  DirectoryStore,
  type EditCommand,
  hasEnded,
  OutcomeStore,
  SettingsStore,
  type SyncId,
  SyncStore,
  type Tenant,
  type User,
  type UserId,
} from '#core';
import { SyncQueue } from '#pipeline';
import { type Caller, callerName } from '../../../http/caller.js';
import { notFound, ProblemError } from '../../../http/problem.errors.js';
import { reasonText } from '../outcomes/reason-texts.js';

const patienceMs = 5_000;
const pollMs = 50;

/** Carries out changes by hand: each is a live sync of one person, without a snapshot. */
@Injectable()
export class UserEditor {
  constructor(
    private readonly directory: DirectoryStore,
    private readonly settings: SettingsStore,
    private readonly syncs: SyncStore,
    private readonly outcomes: OutcomeStore,
    private readonly queue: SyncQueue,
  ) {}

  /** @throws ProblemError `notFound`, or `preconditionFailed` when it has another version than the caller saw */
  async user(tenant: Tenant, id: UserId, version: number | null): Promise<User> {
    const user = await this.directory.user(tenant.id, id);
    if (user === null) throw notFound();
    if (version === null || version === user.version) return user;
    throw changedMeanwhile();
  }

  /**
   * Queues the change and waits for its end, for some seconds.
   *
   * @returns the sync, and the user as it is then; `ended` false when it takes longer
   * @throws ProblemError `noOwner`; `editRefused` when the plan failed; `preconditionFailed` when it met a later version
   */
  async edit(tenant: Tenant, user: User, edit: EditCommand, caller: Caller) {
    const integration = user.owner === null ? null : await this.settings.integration(tenant.id, user.owner);
    if (integration === null) {
      throw new ProblemError('noOwner', 'Users without an owning integration cannot be changed by hand yet.');
    }
    const active = integration.activeMappingVersion;
    const mapping = active === null ? null : await this.settings.mapping(tenant.id, integration.id, active);
    const syncId = await this.queue.queue({
      tenant,
      integration,
      mode: 'live',
      trigger: 'edit',
      mapping: mapping === null ? null : { version: mapping.version, definition: mapping.definition },
      requestedBy: callerName(caller),
      edit,
    });
    const ended = await this.waitForEnd(tenant, syncId);
    if (ended) await this.requireSuccess(tenant, syncId, edit);
    return { syncId, ended, user: (await this.directory.user(tenant.id, user.id)) ?? user };
  }

  private async waitForEnd(tenant: Tenant, syncId: SyncId): Promise<boolean> {
    const deadline = performance.now() + patienceMs;
    while (performance.now() < deadline) {
      await sleep(pollMs);
      const sync = await this.syncs.sync(tenant.id, syncId);
      if (sync !== null && hasEnded(sync.state)) return true;
    }
    return false;
  }

  private async requireSuccess(tenant: Tenant, syncId: SyncId, edit: EditCommand): Promise<void> {
    const sync = await this.syncs.sync(tenant.id, syncId);
    const [outcome] = await this.outcomes.list(tenant.id, syncId, {}, -1, 1);
    if (outcome?.effectiveState === 'drifted') {
      if (edit.seenVersion !== undefined) throw changedMeanwhile();
      throw new ProblemError(
        'editRefused',
        'Somebody else changed this user at the same moment. Read it and try again.',
      );
    }
    if (edit.kind === 'reactivate' && outcome?.outcome === 'skipped') {
      throw new ProblemError(
        'editRefused',
        'The days in which this user could come back are over. The source’s next active record makes a new user.',
      );
    }
    if (outcome?.outcome === 'failed') {
      const { why, next } = reasonText(outcome);
      throw new ProblemError('editRefused', next === null ? why : `${why} ${next}`);
    }
    if (sync?.state === 'failed')
      throw new ProblemError('editRefused', sync.failure?.message ?? `Sync ${syncId} failed.`);
  }
}

function changedMeanwhile(): ProblemError {
  return new ProblemError('preconditionFailed', 'The user has another version than If-Match says. Read it again.');
}
