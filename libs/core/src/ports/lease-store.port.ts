export interface Lease {
  key: string;
  holder: string;
  /** Raised each time the lease changes hands; whoever shows a lower one is refused. */
  claim: number;
}

/** Claims on work, by the store's clock. A lease that is not renewed in time is anyone's. */
export abstract class LeaseStore {
  /** Takes the lease if it is free, expired or already the holder's (then the claim stays); null when held. */
  abstract acquire(key: string, holder: string, ttlMs: number): Promise<Lease | null>;
  /** Prolongs it; false when it has passed to somebody else. */
  abstract renew(lease: Lease, ttlMs: number): Promise<boolean>;
  /** Gives it back; nothing happens when it has passed to somebody else. */
  abstract release(lease: Lease): Promise<void>;
  /** The claim last given for a key; 0 when it was never claimed. */
  abstract claimOf(key: string): Promise<number>;
  /** Frees every lease: for an engine that knows all holders dead at start. Claims keep rising. */
  abstract dropAll(): Promise<void>;
}
