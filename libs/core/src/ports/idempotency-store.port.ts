/** A command that its caller may send again: at most one answer is given to all of its sendings. */
export interface RepeatableRequest {
  /** Names caller and `Idempotency-Key`; a hash, so that the key itself is kept nowhere. */
  id: string;
  /** What was asked: another request under the same key has another one. */
  fingerprint: string;
  /** The present instant, by the caller's clock. */
  at: string;
  /** Until then nobody else carries it out; after that its process counts as dead. */
  busyUntil: string;
  /** What was first sent before this instant is forgotten. */
  forgottenBefore: string;
}

export type RequestClaim =
  /** It is the caller's to carry out. `since`: when it was first sent, the same at every try. */
  | { kind: 'claimed'; since: string }
  /** Somebody carries it out right now. */
  | { kind: 'busy' }
  /** It was carried out; the answer as it was given. */
  | { kind: 'answered'; answer: string }
  /** The key stands for another request. */
  | { kind: 'otherRequest' };

/**
 * Answers to commands, kept by their `Idempotency-Key`. Of several callers at once one claims; writes are durable
 * against a power cut when they resolve, as someone outside is told of them.
 */
export abstract class IdempotencyStore {
  /** Takes a request on, unless it is in work or done. What nobody has carried out in its time is claimed anew. */
  abstract claim(request: RepeatableRequest): Promise<RequestClaim>;
  /** Keeps the answer of a claimed request; opaque, sealed by the caller. */
  abstract answer(id: string, answer: string): Promise<void>;
  /** Gives a claim back without an answer: whether the request did anything is not known, and it may be tried again. */
  abstract release(id: string): Promise<void>;
  /** Forgets a request that did nothing; one that was answered stays. */
  abstract forget(id: string): Promise<void>;
  /** Requests first sent before the instant go. */
  abstract deleteBefore(instant: string): Promise<void>;
}
