import type { ScimTokenId, SyncId } from '../ids.js';
import type { ScimScope } from '../scim.js';

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
  /** It changed what is stored: a sync comes of it. */
  isWrite: boolean;
  /** The first sync that took it. */
  syncId: SyncId | null;
}

/** What identity providers asked, each integration's apart, those refused included. */
export abstract class ScimRequestLog {
  abstract add(scope: ScimScope, entry: ScimRequestEntry): Promise<void>;
  /** Newest first, from before an entry on; `refused`: only what was answered with 400 and up. */
  abstract list(
    scope: ScimScope,
    page: { before: string | null; limit: number; refused: boolean },
  ): Promise<ScimRequestEntry[]>;
  /** Names the sync that takes all writes of which none has been named yet. */
  abstract attribute(scope: ScimScope, syncId: SyncId): Promise<void>;
  /** Forgets what was asked before an instant, of all integrations, at most `limit` entries. Gives how many. */
  abstract deleteBefore(instant: string, limit: number): Promise<number>;
  /** Forgets the oldest entries of each integration that has more than `most`. */
  abstract trim(most: number): Promise<void>;
}
