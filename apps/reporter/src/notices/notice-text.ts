import type { Notice, NoticeKind } from '#core';

/** What programs call each kind. */
const eventTypes: Record<NoticeKind, string> = {
  syncFailed: 'sync.failed',
  approvalNeeded: 'sync.approvalNeeded',
  planReady: 'sync.planReady',
  requestDeployed: 'integrationRequest.deployed',
  requestLive: 'integrationRequest.live',
};

/** The text of a mail. */
export function noticeText({ text, count }: Pick<Notice, 'text' | 'count'>): string {
  if (count === 1) return text;
  return `This has happened ${String(count)} times since the last notice; what follows is about the last one.\n\n${text}`;
}

/** The body that a webhook is sent (Standard Webhooks: `type`, `timestamp`, `data`); the same over all tries. */
export function noticeEventOf(notice: Notice) {
  const { kind, happenedAt, title, count, data } = notice;
  return { type: eventTypes[kind], timestamp: happenedAt, data: { title, text: noticeText(notice), count, ...data } };
}
