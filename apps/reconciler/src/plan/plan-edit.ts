import { Injectable } from '@nestjs/common';
import { DirectoryStore, nameOf, OutcomeStore, type Changes, type OutcomeRow, type Sync, type User } from '#core';
import { claimsOf, factKind, missingRequired, noClaims, sameValue, type RecordFact } from '#reconciliation';
import { TypedBus } from '#pipeline';
import { plannedPage } from './plan-page.js';

/** Plans a change by hand: one outcome, made from the command instead of a record. */
@Injectable()
export class EditPlanner {
  constructor(
    private readonly directory: DirectoryStore,
    private readonly outcomes: OutcomeStore,
    private readonly bus: TypedBus,
  ) {}

  async plan(sync: Sync): Promise<void> {
    const { edit, tenantId, integrationId, id: syncId, lane } = sync;
    if (edit === null || (await this.outcomes.progress(tenantId, syncId)).plannedPages > 0) return;
    const user = await this.directory.user(tenantId, edit.userId);
    const row = user === null ? null : await this.decide(sync, user);
    const fact: RecordFact = {
      decision: {
        kind: row === null ? factKind.unchanged : factKind.updated,
        row,
        userId: edit.userId,
        refresh: null,
        claims: noClaims,
      },
      sourceId: null,
      candidates: [],
      holders: {},
    };
    const page = { tenantId, integrationId, syncId, page: 0, firstSeq: 0, records: 1, claim: 0 };
    await this.bus.publish('outcomes', lane, [plannedPage(page, syncId, [fact])]);
  }

  private async decide(sync: Sync, user: User): Promise<OutcomeRow | null> {
    const { edit } = sync;
    const own = (await this.directory.linksOfUsers(sync.tenantId, [user.id])).get(user.id);
    const sourceId = own?.find(({ integrationId }) => integrationId === sync.integrationId)?.sourceId ?? null;
    const base: OutcomeRow = {
      seq: 0,
      outcome: 'updated',
      reason: 'manual',
      state: null,
      sourceId,
      userId: user.id,
      label: nameOf(user),
      changes: {},
      problems: [],
      userVersion: edit?.seenVersion ?? user.version,
      link: 'none',
      recordHash: null,
      dueDate: null,
    };
    if (edit?.kind === 'deprovision') {
      if (user.status !== 'active') return { ...base, outcome: 'skipped', reason: 'alreadyTerminated', changes: {} };
      return { ...base, outcome: 'deprovisioned', changes: { status: ['active', 'deactivated'] } };
    }
    const changes = edit?.kind === 'change' ? changesOf(edit, user) : {};
    if (edit?.kind === 'reactivate') {
      if (user.status === 'active') return null;
      // Whether or not anonymisation has come round to it: after the delay there is nobody to bring back.
      const until = user.deactivation?.anonymizeAfter ?? sync.now;
      if (user.status === 'anonymized' || until <= sync.now) {
        return { ...base, outcome: 'skipped', reason: 'alreadyTerminated' };
      }
      return this.unlessTaken(sync, user, {
        ...base,
        outcome: 'reactivated',
        changes: { status: ['deactivated', 'active'] },
      });
    }
    if (Object.keys(changes).length === 0) return null;
    const missing = missingRequired(sync.frozen, user.attributes, changes);
    if (missing !== null) {
      const message = `${missing} is required; give it a value`;
      return {
        ...base,
        outcome: 'failed',
        reason: 'requiredAttributeMissing',
        problems: [{ attribute: missing, code: 'requiredAttributeMissing', expression: '', message }],
      };
    }
    return this.unlessTaken(sync, user, { ...base, changes });
  }

  /** A key that somebody else holds is not taken from them by hand. */
  private async unlessTaken(sync: Sync, user: User, row: OutcomeRow): Promise<OutcomeRow> {
    const { email, employeeId } = claimsOf(row, user);
    const emailHolder =
      email === null ? undefined : (await this.directory.byEmailKeys(sync.tenantId, [email])).get(email);
    const employeeHolders =
      employeeId === null
        ? []
        : ((await this.directory.byEmployeeIdKeys(sync.tenantId, [employeeId], sync.now)).get(employeeId) ?? []);
    const active = await this.directory.activeVersions(sync.tenantId, employeeHolders);
    const employeeHolder = employeeHolders.find((id) => id !== user.id && active.has(id));
    const collides = (key: 'email' | 'employeeId', holder: User['id']): OutcomeRow => ({
      ...row,
      outcome: 'failed',
      reason: 'keyCollision',
      changes: {},
      detail: { key, otherUserIds: [holder] },
    });
    if (emailHolder !== undefined && emailHolder !== user.id) return collides('email', emailHolder);
    return employeeHolder === undefined ? row : collides('employeeId', employeeHolder);
  }
}

function changesOf(edit: { attributes: User['attributes']; role?: User['role'] }, user: User): Changes {
  const changes: Changes = {};
  for (const [name, after] of Object.entries(edit.attributes)) {
    const before = user.attributes[name] ?? null;
    if (!sameValue(before, after)) changes[name] = [before, after];
  }
  if (edit.role !== undefined && edit.role !== user.role) changes['role'] = [user.role, edit.role];
  return changes;
}
