import type { mongo } from 'mongoose';
import { declareCollection } from './collection.js';

export interface DeadLetterDocument {
  /** topic:partition:offset:group */
  _id: string;
  /** Rises: decides between letters of one instant. */
  order: mongo.ObjectId;
  topic: string;
  partition: number;
  offset: number;
  group: string;
  reason: string;
  at: string;
  /** JSON. */
  headers: string;
  value: mongo.Binary | Uint8Array;
}

export const deadLetters = declareCollection<DeadLetterDocument>(
  'deadLetters',
  {
    _id: String,
    order: Object,
    topic: String,
    partition: Number,
    offset: Number,
    group: String,
    reason: String,
    at: String,
    headers: String,
    value: Buffer,
  },
  [{ name: 'byTime', keys: { at: -1, order: -1 } }],
);
