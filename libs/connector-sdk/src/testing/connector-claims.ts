import type { Connector, ConnectorCapabilities } from '../connector.js';

/** What a connector may say that it can do. */
export type ConnectorClaim = keyof ConnectorCapabilities | 'commit';

const claims: { readonly [Claim in ConnectorClaim]-?: (connector: Connector) => boolean } = {
  full: ({ capabilities }) => capabilities.full,
  person: ({ capabilities }) => capabilities.person,
  delta: ({ capabilities }) => capabilities.delta,
  resume: ({ capabilities }) => capabilities.resume,
  wholeness: ({ capabilities }) => capabilities.wholeness !== 'none',
  push: ({ capabilities }) => capabilities.push === true,
  reread: ({ capabilities }) => capabilities.reread === true,
  commit: (connector) => connector.commit !== undefined,
};

/** Whether it says so. */
export function doesClaim(connector: Connector, claim: ConnectorClaim): boolean {
  return claims[claim](connector);
}

/** All that it says of itself. */
export function claimsOf(connector: Connector): ConnectorClaim[] {
  return (Object.keys(claims) as ConnectorClaim[]).filter((claim) => claims[claim](connector));
}
