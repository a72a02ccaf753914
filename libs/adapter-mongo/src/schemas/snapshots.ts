import type { mongo } from 'mongoose';
import type { Extent, SnapshotPage, Wholeness } from '#core';
import { declareCollection } from './collection.js';

/**
 * The head of a chain: how long it is, the highest claim, and its end. Every link and the manifest move the head in the
 * same step, so that two writers of one chain can't both succeed.
 */
export interface SnapshotDocument {
  /** tenant:sync */
  _id: string;
  pages: number;
  claim: number;
  /** The `Manifest` as JSON; null while the chain grows. */
  manifest: string | null;
  extent: Extent | null;
  wholeness: Wholeness | null;
  finishedAt: string | null;
  /** False once retention has deleted the pages, and for a chain that never had one. */
  hasPages: boolean;
}

export const snapshots = declareCollection<SnapshotDocument>(
  'snapshots',
  {
    _id: String,
    pages: Number,
    claim: Number,
    manifest: String,
    extent: String,
    wholeness: String,
    finishedAt: String,
    hasPages: Boolean,
  },
  [
    { name: 'byEnd', keys: { finishedAt: 1 }, partialFilterExpression: { hasPages: true } },
    { name: 'byWholeness', keys: { wholeness: 1, extent: 1 } },
  ],
);

export interface SnapshotPageDocument extends Omit<SnapshotPage, 'cursorAfter'> {
  /** tenant:sync:page */
  _id: string;
  /** tenant:sync */
  snapshot: string;
  /** JSON; null after the last page. */
  cursorAfter: string | null;
}

export const snapshotPages = declareCollection<SnapshotPageDocument>(
  'snapshotPages',
  {
    _id: String,
    snapshot: String,
    page: Number,
    firstSeq: Number,
    records: Number,
    bytes: Number,
    contentHash: String,
    cursorAfter: String,
    claim: Number,
  },
  [{ name: 'bySequence', keys: { snapshot: 1, firstSeq: -1, page: -1 } }],
);

/** Bodies lie apart from the links, so that reading the chain touches no payload. */
export interface SnapshotBodyDocument {
  /** tenant:sync:page */
  _id: string;
  body: mongo.Binary | Uint8Array;
}

export const snapshotBodies = declareCollection<SnapshotBodyDocument>('snapshotBodies', {
  _id: String,
  body: Buffer,
});
