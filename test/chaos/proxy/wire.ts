import type { FrameSplitter } from './frame-splitter.js';

/** A request as far as a proxy looks into it. */
export interface WireRequest {
  /** What the answer will carry. */
  id: number;
  /** Its name in the protocol: `Produce`, `insert`, … */
  kind: string;
  /** What it is about: the collection, where that can be told. */
  target: string | null;
  /** The same for each try of the same write; null when its protocol does not tell. */
  identity: string | null;
}

/** What a proxy must know of a protocol of requests and answers. */
export interface Wire {
  splitter(): FrameSplitter;
  request(frame: Buffer): WireRequest | null;
  /** Which request it answers. */
  answers(frame: Buffer): number;
  /** The answer with the server's own address replaced by the proxy's, which clients are to use. */
  readdressed(frame: Buffer, kind: string, proxyPort: number): Buffer;
  /** How many writes of the request the server refused, as the answer says. */
  refusals(frame: Buffer, kind: string): number;
}
