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
  /** The rest of an entry as JSON. */
  body: string;
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
    body: String,
  },
  [
    { name: 'refused', keys: { of: 1, _id: -1 }, partialFilterExpression: { refused: true } },
    { name: 'waiting', keys: { of: 1 }, partialFilterExpression: { waiting: true } },
    { name: 'byInstant', keys: { at: 1 } },
  ],
);
