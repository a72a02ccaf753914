import type { mongo } from 'mongoose';
import { declareCollection } from './collection.js';

export interface SettlementDocument {
  /** tenant:sync */
  _id: string;
  attempt: string;
  claim: number;
  /** A `SettlementHeader` as JSON. */
  body: string;
}

export const settlements = declareCollection<SettlementDocument>('settlements', {
  _id: String,
  attempt: String,
  claim: Number,
  body: String,
});

export interface SettlementChunkDocument {
  /** tenant:sync:attempt:index */
  _id: string;
  /** A `SettlementChunk`, packed; its first part when there are more. */
  body: mongo.Binary | Uint8Array;
  /** Documents that hold the other parts of `body`, and nothing else. */
  rest?: number;
}

export const settlementChunks = declareCollection<SettlementChunkDocument>('settlementChunks', {
  _id: String,
  body: Buffer,
  rest: Number,
});

/**
 * One apply round. Its slices may be edited until `slices` is set; each edit raises `edits`, so that an edit and the seal
 * that passes it can't both succeed.
 */
export interface SettlementRoundDocument {
  /** tenant:sync:round */
  _id: string;
  edits: number;
  slices: number | null;
  cutAt: number | null;
  finished: boolean;
}

export const settlementRounds = declareCollection<SettlementRoundDocument>('settlementRounds', {
  _id: String,
  edits: Number,
  slices: Number,
  cutAt: Number,
  finished: Boolean,
});

export interface SettlementSliceDocument {
  /** tenant:sync:round:index */
  _id: string;
  /** A `Slice` as JSON. */
  body: string;
}

export const settlementSlices = declareCollection<SettlementSliceDocument>('settlementSlices', {
  _id: String,
  body: String,
});
