/** `ssh`: to log in at a server; `pgp`: to decrypt what was encrypted by OpenPGP. */
export const KEY_PAIR_KINDS = ['ssh', 'pgp'] as const;
export type KeyPairKind = (typeof KEY_PAIR_KINDS)[number];

/**
 * `current`; `next`: tried before the current one, in whose place it comes when the other side has accepted it; `previous`: still taken
 * besides the current one.
 */
export const KEY_USES = ['current', 'next', 'previous'] as const;
export type KeyUse = (typeof KEY_USES)[number];

/** The half of a key pair that the other side is given. */
export interface PublicKey {
  /** The name of the secret that is the other half. */
  readonly secret: string;
  readonly kind: KeyPairKind;
  readonly use: KeyUse;
  /** As it is entered there: a line of `authorized_keys`, or an armored OpenPGP key. */
  readonly publicKey: string;
  /** As `ssh-keygen -l` and `gpg` show it. */
  readonly fingerprint: string;
}

/**
 * The key pairs among an integration's secrets that Muster makes itself, so that no private key is ever carried from one place to
 * another. Each method is given the secrets as they are and gives them as they are to be.
 */
export interface KeyPairs<Secrets = Record<string, unknown>> {
  readonly kinds: readonly KeyPairKind[];
  /** Public keys of all that can be used; what cannot is left out. */
  list(secrets: Secrets): Promise<readonly PublicKey[]>;
  /** Makes a pair; the one there was goes on working. Null: there are two already. */
  make(kind: KeyPairKind, secrets: Secrets): Promise<Readonly<Record<string, unknown>> | null>;
  /** Takes a pair away, by the name of its secret. Null: there is none of that name. */
  drop(secret: string, secrets: Secrets): Readonly<Record<string, unknown>> | null;
}
