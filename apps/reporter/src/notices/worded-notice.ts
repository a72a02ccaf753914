import type { JsonObject, NoticeKind } from '#core';

/** What is said of an event, to whomever it concerns; nothing that a source or a connector has worded. */
export interface WordedNotice {
  kind: NoticeKind;
  title: string;
  /** A sentence each. */
  lines: string[];
  data: JsonObject;
}
