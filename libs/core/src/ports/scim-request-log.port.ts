import type { ScimTokenId, SyncId } from '../ids.js';
import type { ScimScope } from '../scim.js';
import type { ScimRequestBody } from '../scim-request-body.js';

/** A request of an identity provider and how it was answered. Holds nobody's values. */
export interface ScimRequestEntry {
  /** Rises with time. */
  id: string;
  at: string;
  /** Whose token it came with; null when it came with none of this integration's. */
  client: { tokenId: ScimTokenId; label: string } | null;
  method: string;
  /** What comes behind the integration's address, a query's values masked. */
  path: string;
  status: number;
  /** What the client was told was wrong. */
  detail: string | null;
  /** The user or group that it named or made; null where that is none. */
  resourceId: string | null;
  /** The bulk request that it was an operation of, by the id of that one's entry. */
  bulk: string | null;
  /** It changed what is stored: a sync comes of it. */
  isWrite: boolean;
  /** The first sync that took it. */
  syncId: SyncId | null;
}

/** A new entry; the body is null where there was none. */
export type ScimRequestToAdd = ScimRequestEntry & { body: ScimRequestBody | null };

/** What is left out is no condition. */
export interface ScimRequestFilter {
  /** Only what was answered with 400 and up. */
  refused?: boolean;
  /** Only what named or made this user or group. */
  resourceId?: string;
  /** Only writes that this sync was the first to take. */
  syncId?: SyncId;
  /** Only writes up to this instant. */
  writtenUntil?: string;
}

/** What identity providers asked, each integration's apart, those refused included. */
export abstract class ScimRequestLog {
  /** In one step. */
  abstract add(scope: ScimScope, entries: readonly ScimRequestToAdd[]): Promise<void>;
  /** Newest first, from before an entry on. */
  abstract list(
    scope: ScimScope,
    page: { before: string | null; limit: number } & ScimRequestFilter,
  ): Promise<ScimRequestEntry[]>;
  /** One with its body; null when there is none of this id. */
  abstract find(scope: ScimScope, id: string): Promise<ScimRequestToAdd | null>;
  /** Names the sync that takes all writes of which none has been named yet. */
  abstract attribute(scope: ScimScope, syncId: SyncId): Promise<void>;
  /** Forgets what was asked before an instant, of all integrations, at most `limit` entries. Gives how many. */
  abstract deleteBefore(instant: string, limit: number): Promise<number>;
  /** Forgets the oldest entries of each integration that has more than `most`. */
  abstract trim(most: number): Promise<void>;
}
