import type { JsonValue, ScimToken } from '#core';

/** What came with a request: read; or not, with its size as far as that is known. */
export type SentBody =
  { readonly value: JsonValue } | { readonly note: 'unreadable' | 'tooLarge'; readonly bytes: number | null };

/** What was asked, by itself or as an operation of a bulk request, and how it was answered. */
export interface AnsweredOperation {
  method: string;
  /** Behind the integration's address, with its query, as it was sent. */
  path: string;
  status: number;
  /** What the client was told was wrong. */
  detail: string | null;
  /** What was written or read; null: as far as the path tells. */
  resourceId: string | null;
  /** Null: there was none, or it was refused before it was looked at. */
  body: SentBody | null;
}

/** One of a bulk request, which takes its time: when it was answered. */
export type AnsweredInBulk = AnsweredOperation & { at: string };

/** A request that has been answered, all but sent. */
export interface AnsweredRequest extends AnsweredOperation {
  integrationId: string;
  /** Null: it came without a token of this integration. */
  token: ScimToken | null;
  /** Of a bulk request, in their order. */
  operations: readonly AnsweredInBulk[];
}

/** What is found out about a request while it is answered. */
export interface RequestNotes {
  token: ScimToken | null;
  resourceId: string | null;
  body: SentBody | null;
  operations: AnsweredInBulk[];
}
