import { declareCollection } from './collection.js';

export interface RepeatableRequestDocument {
  _id: string;
  fingerprint: string;
  since: string;
  busyUntil: string;
  answer: string | null;
}

export const repeatableRequests = declareCollection<RepeatableRequestDocument>(
  'repeatableRequests',
  { _id: String, fingerprint: String, since: String, busyUntil: String, answer: String },
  [{ name: 'bySince', keys: { since: 1 } }],
);
