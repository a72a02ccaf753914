import type { Socket } from 'node:net';
import type { DialLimits } from './dialler.js';

export interface WayLimits extends DialLimits {
  /** Nothing of the connection is read yet, so that it can be handed on whole. */
  readonly isPaused?: boolean;
}

/** A host that may be connected to. */
export interface OpenWay {
  /** Checked; empty when only the proxy can resolve the name. */
  readonly addresses: readonly string[];
  /** A connection that stands, without TLS. */
  connect(port: number, limits: WayLimits): Promise<Socket>;
}

/**
 * How a dialler gets at plain connections: by itself, or from another process that may. Whoever implements it decides where
 * connections may lead.
 */
export interface Way {
  /** @throws as `Dialler` says, or what the system says when a host cannot be reached */
  locate(host: string, limits: DialLimits): Promise<OpenWay>;
  /** Both at once. */
  connect(host: string, port: number, limits: WayLimits): Promise<Socket>;
}
