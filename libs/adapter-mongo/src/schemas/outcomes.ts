import type { mongo } from 'mongoose';
import type { OutcomeCounts, PageState, Rank, SyncId } from '#core';
import { declareCollection } from './collection.js';

/** A page's status row: barriers, lists and counts read these alone. `counts` are exact at all times. */
export interface OutcomePageDocument {
  /** tenant:sync:page */
  _id: string;
  /** tenant:sync */
  sync: string;
  page: number;
  state: PageState;
  firstSeq: number;
  /** The sequence after the page's last. */
  end: number;
  records: number;
  removals: boolean;
  /** Effective rows that change no user but a link. */
  linkRows: number;
  refreshes: number;
  /** Rows that settling put above planned ones. */
  exceptions: number;
  counts: OutcomeCounts;
  digest: string;
}

export const outcomePages = declareCollection<OutcomePageDocument>(
  'outcomePages',
  {
    _id: String,
    sync: String,
    page: Number,
    state: String,
    firstSeq: Number,
    end: Number,
    records: Number,
    removals: Boolean,
    linkRows: Number,
    refreshes: Number,
    exceptions: Number,
    counts: Object,
    digest: String,
  },
  [
    { name: 'bySequence', keys: { sync: 1, end: 1 } },
    { name: 'progress', keys: { sync: 1, removals: 1, records: 1, exceptions: 1 } },
  ],
);

/** What a page holds beside its status. Planned rows never change, so that a page of them is one packed value. */
export interface OutcomeBodyDocument {
  /** tenant:sync:page */
  _id: string;
  /** `OutcomeRow[]`, packed; its first part when there are more. */
  rows: mongo.Binary | Uint8Array;
  /** Documents that hold the other parts of `rows`, and nothing else. */
  rest?: number;
  facts: mongo.Binary | Uint8Array | null;
  /** {@link PackedParts}, packed. */
  parts: mongo.Binary | Uint8Array | null;
}

export const outcomeBodies = declareCollection<OutcomeBodyDocument>('outcomeBodies', {
  _id: String,
  rows: Buffer,
  rest: Number,
  facts: Buffer,
  parts: Buffer,
});

/** What the people of a page are found by: a `PageText` and, but for pages of older versions, its `PageKinds`. */
export interface OutcomeTextDocument {
  /** tenant:sync:page */
  _id: string;
  kinds?: string[];
  kindOf?: mongo.Binary | Uint8Array;
  places: mongo.Binary | Uint8Array;
  lines: mongo.Binary | Uint8Array;
  signature: mongo.Binary | Uint8Array;
}

export const outcomeTexts = declareCollection<OutcomeTextDocument>('outcomeTexts', {
  _id: String,
  kinds: [String],
  kindOf: Buffer,
  places: Buffer,
  lines: Buffer,
  signature: Buffer,
});

/** A row of a rank above `planned`; of one sequence the highest rank counts. */
export interface OutcomeExceptionDocument {
  /** tenant:sync:sequence:rank */
  _id: string;
  page: number;
  rank: Rank;
  /** An `OutcomeRow` as JSON. */
  body: string;
}

export const outcomeExceptions = declareCollection<OutcomeExceptionDocument>('outcomeExceptions', {
  _id: String,
  page: Number,
  rank: Number,
  body: String,
});

/** An outcome that names a user; the one that created them is told by their id. */
export interface UserOutcomeDocument {
  /** tenant:user:order of the sync:sequence */
  _id: string;
  syncId: SyncId;
  page: number;
}

export const userOutcomes = declareCollection<UserOutcomeDocument>('userOutcomes', {
  _id: String,
  syncId: String,
  page: Number,
});

/** A slice that has been reported. */
export interface OutcomeSliceDocument {
  /** tenant:sync:round:slice */
  _id: string;
}

export const outcomeSlices = declareCollection<OutcomeSliceDocument>('outcomeSlices', { _id: String });
