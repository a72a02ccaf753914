import type { mongo } from 'mongoose';
import { declareCollection } from './collection.js';

/** A part of a value that no message of the bus may hold. MongoDB deletes it by itself when its time is over. */
export interface MessageValueDocument {
  /** name:part */
  _id: string;
  value: mongo.Binary | Uint8Array;
  expiresAt: Date;
}

export const messageValues = declareCollection<MessageValueDocument>(
  'messageValues',
  { _id: String, value: Buffer, expiresAt: Date },
  [{ name: 'expiry', keys: { expiresAt: 1 }, expireAfterSeconds: 0 }],
);
