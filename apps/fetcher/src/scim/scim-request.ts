import type { JsonObject, ScimScope } from '#core';

/** One request about resources, however it came: by itself or within a bulk request. */
export interface ScimRequest {
  scope: ScimScope;
  /** The service's address, without a slash at its end: where resources are said to be. */
  base: string;
  /** Of parameters given twice, the first. */
  query: Readonly<Record<string, string | undefined>>;
  body: unknown;
  ifMatch: string | null;
  ifNoneMatch: string | null;
}

/** What is answered. */
export interface ScimAnswer {
  status: 200 | 201 | 204 | 304;
  /** Absent: no body. */
  body?: JsonObject;
  /** Of a resource that was read or written. */
  resource?: { id: string; location: string; etag: string };
}
