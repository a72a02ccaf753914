import { Injectable } from '@nestjs/common';
import {
  DirectoryStore,
  emailKey,
  employeeIdKey,
  type MappedRecord,
  type TenantId,
  type User,
  type UserId,
} from '#core';
import {
  decide,
  type Candidate,
  type Decision,
  type DecisionContext,
  type KeyHolders,
  type Subject,
} from '#reconciliation';
import { findKeyHolders } from './find-key-holders.js';

interface Planned {
  record: MappedRecord;
  subject: Subject;
  decision: Decision;
}

export interface Found {
  /** By sequence. */
  candidates: Map<number, Candidate[]>;
  holders: Map<number, KeyHolders>;
}

/**
 * Looks up, for records without a link, the users that carry their keys; and for every key that an outcome claims, who
 * has it now. A record with one free candidate is decided anew as that user's, which settling may still overrule.
 */
@Injectable()
export class CandidateFinder {
  constructor(private readonly directory: DirectoryStore) {}

  /** Replaces `decision` and `subject` of matched records in place. */
  async find(tenantId: TenantId, planned: Planned[], context: DecisionContext): Promise<Found> {
    const found: Found = { candidates: new Map(), holders: new Map() };
    const unlinked = planned.filter(({ decision }) => wantsCandidates(decision));
    const emails = new Set<string>();
    const employeeIds = new Set<string>();
    for (const { record } of unlinked) {
      add(emails, emailKey(record.values['email']));
      add(employeeIds, employeeIdKey(record.values['employeeId']));
    }
    for (const { decision } of planned) {
      add(emails, decision.claims.email);
      add(employeeIds, decision.claims.employeeId);
    }
    if (emails.size === 0 && employeeIds.size === 0) return found;
    const byEmail = await this.directory.byEmailKeys(tenantId, [...emails]);
    const byEmployeeId = await this.directory.byEmployeeIdKeys(tenantId, [...employeeIds], context.now);
    if (byEmail.size === 0 && byEmployeeId.size === 0) return found;

    await this.match(tenantId, unlinked, context, byEmail, byEmployeeId, found);
    const decided = planned.map(({ record, decision }) => ({ seq: record.seq, decision }));
    found.holders = await findKeyHolders(this.directory, tenantId, decided, { byEmail, byEmployeeId });
    return found;
  }

  private async match(
    tenantId: TenantId,
    unlinked: Planned[],
    context: DecisionContext,
    byEmail: Map<string, UserId>,
    byEmployeeId: Map<string, UserId[]>,
    found: Found,
  ): Promise<void> {
    const wanted = new Map<number, Candidate[]>();
    for (const { record } of unlinked) {
      const candidates: Candidate[] = [];
      const employeeId = employeeIdKey(record.values['employeeId']);
      const email = emailKey(record.values['email']);
      for (const userId of (employeeId === null ? undefined : byEmployeeId.get(employeeId)) ?? []) {
        candidates.push({ userId, by: 'employeeId', linkedAs: [] });
      }
      const holder = email === null ? undefined : byEmail.get(email);
      if (holder !== undefined && !candidates.some(({ userId }) => userId === holder)) {
        candidates.push({ userId: holder, by: 'email', linkedAs: [] });
      }
      if (candidates.length > 0) wanted.set(record.seq, candidates);
    }
    if (wanted.size === 0) return;
    const ids = [...new Set([...wanted.values()].flat().map(({ userId }) => userId))];
    const links = await this.directory.linksOfUsers(tenantId, ids);
    const users = await this.directory.users(tenantId, ids);
    for (const item of unlinked) {
      const candidates = wanted.get(item.record.seq);
      if (candidates === undefined) continue;
      for (const candidate of candidates) {
        candidate.linkedAs = (links.get(candidate.userId) ?? [])
          .filter(({ integrationId }) => integrationId === context.integrationId)
          .map(({ sourceId }) => sourceId);
      }
      found.candidates.set(item.record.seq, candidates);
      const [only] = candidates;
      if (candidates.length !== 1 || only === undefined || only.linkedAs.length > 0) continue;
      this.take(item, only, users.get(only.userId) ?? null, context);
    }
  }

  private take(item: Planned, candidate: Candidate, user: User | null, context: DecisionContext): void {
    if (user === null) return;
    item.subject = { user, link: item.subject.link, matchedBy: candidate.by };
    item.decision = decide(item.record, item.subject, context);
  }
}

/**
 * Records that would make a user (or fail to, for want of a value that a user may have already), or that a secondary
 * would pass over, though a key may show whose they are.
 */
export function wantsCandidates({ row, userId }: Decision): boolean {
  if (row === null || userId !== null) return false;
  return row.outcome === 'created' || row.reason === 'requiredAttributeMissing' || row.reason === 'secondarySource';
}

function add(keys: Set<string>, key: string | null): void {
  if (key !== null) keys.add(key);
}
