import type { IntegrationId, NoticeId, TenantId, WebhookId } from './ids.js';
import type { IntegrationRequest, IntegrationRequestState } from './integration-request.js';
import type { JsonObject } from './json.js';
import type { Sync } from './sync.js';

/** What people are told of. */
export const noticeKinds = ['syncFailed', 'approvalNeeded', 'planReady', 'requestDeployed', 'requestLive'] as const;
export type NoticeKind = (typeof noticeKinds)[number];

export const noticeChannels = ['email', 'webhook'] as const;
export type NoticeChannel = (typeof noticeChannels)[number];

/** `waiting` for its first try or its next one; `failed`: given up. */
export const noticeStates = ['waiting', 'sent', 'failed'] as const;
export type NoticeState = (typeof noticeStates)[number];

/**
 * Something of which people may have to be told: written by the step that made it happen, and taken away by the one that
 * writes the notices. There is one for each state that a thing has come to.
 */
export interface NoticeEvent {
  tenantId: TenantId;
  kind: 'sync' | 'request';
  /** The id of the sync or request. */
  subjectId: string;
  /** The state that it has come to. */
  state: string;
  at: string;
}

/** Whether people who may not be looking should know that a sync has come to its state. */
export function isNoticed({ mode, trigger, state }: Pick<Sync, 'mode' | 'trigger' | 'state'>): boolean {
  // Who changes something by hand has the answer before them.
  if (trigger === 'edit') return false;
  const runsByItself = trigger === 'schedule' || trigger === 'arrival' || trigger === 'push';
  switch (state) {
    case 'awaitingApproval':
      return true;
    case 'failed':
      return mode === 'live' || runsByItself;
    case 'completed':
    case 'incomplete':
      return mode === 'dry' && runsByItself;
    default:
      return false;
  }
}

/** The event of which people are to be told when a request has come from one state to its present one; null: of none. */
export function requestEvent(before: IntegrationRequestState, request: IntegrationRequest): NoticeEvent | null {
  const { tenantId, id, state, steps } = request;
  if (state === before || (state !== 'deployed' && state !== 'live')) return null;
  return { tenantId, kind: 'request', subjectId: id, state, at: steps.at(-1)?.at ?? request.createdAt };
}

/** One message to one recipient. Holds no person's value and no secret. */
export interface Notice {
  id: NoticeId;
  tenantId: TenantId;
  kind: NoticeKind;
  /** Null for what concerns no integration. */
  integrationId: IntegrationId | null;
  /** The sync or request that it speaks of; of several that were put together, the last one. */
  subjectId: string;
  channel: NoticeChannel;
  /** An e-mail address, or a webhook’s id. */
  target: string;
  title: string;
  text: string;
  /** The same for programs. */
  data: JsonObject;
  happenedAt: string;
  /** How many events it speaks of. */
  count: number;
  state: NoticeState;
  /** Begun ones, the one in work included. */
  tries: number;
  nextTryAt: string;
  /** When it may be sent first. */
  dueAt: string;
  /** What went wrong last, in plain words. */
  lastError: string | null;
  createdAt: string;
  /** When it was sent or given up. */
  endedAt: string | null;
}

/** A notice that nobody has tried to send. */
export type NoticeDraft = Omit<Notice, 'count' | 'state' | 'tries' | 'nextTryAt' | 'dueAt' | 'lastError' | 'endedAt'>;

/** What one notice has in common with those that it is put together with; of them, the one due last counts as the newest. */
export function burstOf({ kind, integrationId, subjectId, channel, target }: NoticeDraft): string {
  return JSON.stringify([kind, integrationId ?? subjectId, channel, target]);
}

/**
 * What becomes of a draft, given the newest notice of its burst: one that nobody has begun takes it in; otherwise it waits
 * until the one before is so old that another may follow.
 */
export function withDraft(newest: Notice | null, draft: NoticeDraft, apartMs: number): Notice {
  if (newest?.state === 'waiting' && newest.tries === 0) {
    const { id, createdAt } = newest;
    return { ...newest, ...draft, id, createdAt, count: newest.count + 1 };
  }
  const earliestMs = newest === null ? 0 : Date.parse(newest.dueAt) + apartMs;
  const dueAt = new Date(Math.max(earliestMs, Date.parse(draft.createdAt))).toISOString();
  return { ...draft, count: 1, state: 'waiting', tries: 0, nextTryAt: dueAt, dueAt, lastError: null, endedAt: null };
}

/** An address that takes notices, signed. */
export interface Webhook {
  id: WebhookId;
  tenantId: TenantId;
  /** Null: of all integrations and requests. */
  integrationId: IntegrationId | null;
  url: string;
  createdAt: string;
}
