import { declareCollection } from './collection.js';

/** How far the rate budget of a source is spent. Times in milliseconds since 1970. */
export interface RateBudgetDocument {
  /** tenant:integration */
  _id: string;
  madeUpAt: number;
  restUntil?: number;
  restSince?: number;
  restStatus?: number;
  /** What the operation that wrote last came to: who asks decides and learns it in one update. */
  granted: number;
  waitMs: number;
}

export const rateBudgets = declareCollection<RateBudgetDocument>('rateBudgets', {
  _id: String,
  madeUpAt: Number,
  restUntil: Number,
  restSince: Number,
  restStatus: Number,
  granted: Number,
  waitMs: Number,
});
