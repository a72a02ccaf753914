import type { mongo } from 'mongoose';
import { declareCollection } from './collection.js';

export interface ScimRequestDocument {
  /** tenant:integration:id */
  _id: string;
  /** tenant:integration */
  of: string;
  at: string;
  refused: boolean;
  /** It is a write of which no sync has been named yet. */
  waiting: boolean;
  isWrite: boolean;
  syncId: string | null;
  /** Absent: it was about none. */
  resourceId?: string;
  /** The rest of an entry as JSON. */
  body: string;
  /** What it said, packed by zstd; absent where nothing of that is kept. */
  packed?: mongo.Binary | Uint8Array;
}

export const scimRequests = declareCollection<ScimRequestDocument>(
  'scimRequests',
  {
    _id: String,
    of: String,
    at: String,
    refused: Boolean,
    waiting: Boolean,
    isWrite: Boolean,
    syncId: String,
    resourceId: String,
    body: String,
    packed: Buffer,
  },
  [
    { name: 'refused', keys: { of: 1, _id: -1 }, partialFilterExpression: { refused: true } },
    { name: 'waiting', keys: { of: 1 }, partialFilterExpression: { waiting: true } },
    {
      name: 'byResource',
      keys: { of: 1, resourceId: 1, _id: -1 },
      partialFilterExpression: { resourceId: { $type: 'string' } },
    },
    { name: 'byInstant', keys: { at: 1 } },
  ],
);
