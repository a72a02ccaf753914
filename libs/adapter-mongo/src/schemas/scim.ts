import type { ScimResourceName, ScimToken } from '#core';
import { declareCollection } from './collection.js';

export interface ScimResourceDocument {
  /** tenant:integration:type:id */
  _id: string;
  /** tenant:integration:type */
  of: string;
  id: string;
  type: ScimResourceName;
  version: number;
  /** tenant:integration:key while it is not deleted; absent without a name that is its alone. */
  uniqueKey?: string;
  /** What it is looked up by; empty once it is deleted. */
  keys: string[];
  /** The attributes as JSON. */
  body: string;
  createdAt: string;
  updatedAt: string;
  deletedAt: string | null;
  pending: number;
  /** Pending, and no sync has taken it since. */
  fresh: boolean;
  /** The sync that took it last, and what was pending then. */
  takenBy?: string;
  taken?: number;
}

export const scimResources = declareCollection<ScimResourceDocument>(
  'scimResources',
  {
    _id: String,
    of: String,
    id: String,
    type: String,
    version: Number,
    uniqueKey: String,
    keys: [String],
    body: String,
    createdAt: String,
    updatedAt: String,
    deletedAt: String,
    pending: Number,
    fresh: Boolean,
    takenBy: String,
    taken: Number,
  },
  [
    { name: 'present', keys: { of: 1, deletedAt: 1, _id: 1 } },
    { name: 'byKey', keys: { of: 1, keys: 1, _id: 1 } },
    {
      name: 'unique',
      keys: { uniqueKey: 1 },
      unique: true,
      partialFilterExpression: { uniqueKey: { $type: 'string' } },
    },
    { name: 'pending', keys: { of: 1, _id: 1 }, partialFilterExpression: { pending: { $gt: 0 } } },
    { name: 'fresh', keys: { of: 1, _id: 1 }, partialFilterExpression: { fresh: true } },
    { name: 'taken', keys: { of: 1, takenBy: 1, _id: 1 }, partialFilterExpression: { takenBy: { $type: 'string' } } },
    { name: 'deleted', keys: { deletedAt: 1 }, partialFilterExpression: { deletedAt: { $type: 'string' } } },
  ],
);

export interface ScimMemberDocument {
  /** tenant:integration:group:member */
  _id: string;
  /** tenant:integration:member */
  member: string;
  /** The element of `members` as JSON. */
  body: string;
}

export const scimMembers = declareCollection<ScimMemberDocument>(
  'scimMembers',
  { _id: String, member: String, body: String },
  [{ name: 'byMember', keys: { member: 1, _id: 1 } }],
);

/** `_id` is the token's id. */
export type ScimTokenDocument = Omit<ScimToken, 'id'> & {
  _id: string;
  /** Which of an integration's places it has, from 0: no two have the same. */
  place: number;
};

export const scimTokens = declareCollection<ScimTokenDocument>(
  'scimTokens',
  {
    _id: String,
    tenantId: String,
    integrationId: String,
    place: Number,
    label: String,
    hash: String,
    createdAt: String,
    lastUsedAt: String,
  },
  [
    { name: 'byHash', keys: { hash: 1 }, unique: true },
    { name: 'byIntegration', keys: { integrationId: 1 } },
    { name: 'byPlace', keys: { tenantId: 1, integrationId: 1, place: 1 }, unique: true },
  ],
);
