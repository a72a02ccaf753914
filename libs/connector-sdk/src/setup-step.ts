import type { InboxAddress } from './inbox.js';
import type { PublicKey } from './key-pairs.js';

/** Which integration is being set up. Secrets are not among it: what is shown may be passed on. */
export interface SetupTarget<Config = Record<string, unknown>> {
  readonly tenantId: string;
  readonly integrationId: string;
  readonly config: Config;
  /** Where the other side reaches Muster, without a slash at its end; null when it has not been set. */
  readonly publicUrl: string | null;
  /** Addresses and ranges (`203.0.113.0/28`) from which Muster connects to sources; left out or empty: its operator has not said. */
  readonly outboundAddresses?: readonly string[];
  /** Where files are sent to, of a connector that has an inbox; null when this Muster takes none. */
  readonly inbox?: InboxAddress | null;
  /** Of the key pairs among its secrets. */
  readonly publicKeys?: readonly PublicKey[];
}

/** Something that whoever runs the source does there, in order. */
export interface SetupStep {
  readonly title: string;
  /** What to do and why, in plain words. */
  readonly text: string;
  /** Values to be copied over as they are: addresses, scopes, names. Never a secret. */
  readonly values?: readonly { readonly label: string; readonly value: string }[];
}
