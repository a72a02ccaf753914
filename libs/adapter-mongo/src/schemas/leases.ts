import { declareCollection } from './collection.js';

/** A lease's document outlives the lease, so that claims keep rising. A free one has no holder and expired long ago. */
export interface LeaseDocument {
  /** The lease's key. */
  _id: string;
  holder: string;
  claim: number;
  expiresAt: Date;
}

export const leases = declareCollection<LeaseDocument>('leases', {
  _id: String,
  holder: String,
  claim: Number,
  expiresAt: Date,
});
