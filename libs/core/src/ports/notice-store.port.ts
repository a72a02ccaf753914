import type { IntegrationId, NoticeId, TenantId } from '../ids.js';
import type { Notice, NoticeDraft, NoticeEvent, NoticeState } from '../notice.js';

export interface NoticeFilter {
  integrationId?: IntegrationId;
  state?: NoticeState;
}

/** What becomes of a notice after a try. */
export type NoticeChange = Partial<Pick<Notice, 'state' | 'nextTryAt' | 'lastError' | 'endedAt'>>;

/**
 * Events of which people are to be told, and the messages made of them. The sync store and the store of integration
 * requests write an event in the same step as the state that it speaks of.
 */
export abstract class NoticeStore {
  /** Events of all tenants that no notices have been made of, oldest first. */
  abstract events(limit: number): Promise<NoticeEvent[]>;
  /**
   * Takes an event away and adds each draft as `withDraft` says, in one step; false, and nothing is written, when the event
   * is not there any more.
   */
  abstract record(event: NoticeEvent, drafts: readonly NoticeDraft[], apartMs: number): Promise<boolean>;
  /** Waiting notices of all tenants whose next try has come, the longest due first. */
  abstract due(now: string, limit: number): Promise<Notice[]>;
  /**
   * Before a try: counts it and says when the next one is, should this one end without a word. False when somebody else has
   * begun that try, or it waits no more.
   */
  abstract begin(notice: Notice, nextTryAt: string): Promise<boolean>;
  /** After a try. Nothing happens to one that waits no more. */
  abstract settle(tenantId: TenantId, id: NoticeId, change: NoticeChange): Promise<void>;
  /** A tenant's notices, newest first; `after` is an id of this list. */
  abstract notices(tenantId: TenantId, filter: NoticeFilter, after: NoticeId | null, limit: number): Promise<Notice[]>;
  /** Notices made before the instant go, whatever their state. */
  abstract deleteBefore(instant: string): Promise<void>;
}
