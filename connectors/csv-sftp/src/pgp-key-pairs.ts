import type { PublicKey } from '#connector-sdk';
import type { ReportSecrets } from './report.settings.js';

/** Keys for which senders encrypt: the present one, and the one before for as long as somebody still encrypts for that. */
export const pgpKeyPairs = {
  async list({ pgpPrivateKey, pgpPreviousPrivateKey }: ReportSecrets): Promise<PublicKey[]> {
    return [
      ...(await publicKeyOf(pgpPrivateKey, { secret: 'pgpPrivateKey', use: 'current' })),
      ...(await publicKeyOf(pgpPreviousPrivateKey, { secret: 'pgpPreviousPrivateKey', use: 'previous' })),
    ];
  },

  /** Null while the one before the present one is still there: files that were encrypted for it could not be read any more. */
  async make<Secrets extends ReportSecrets>(secrets: Secrets): Promise<Secrets | null> {
    const { pgpPrivateKey, pgpPreviousPrivateKey } = secrets;
    if (pgpPreviousPrivateKey !== undefined) return null;
    const { generateKey } = await import('openpgp');
    // The curve as GnuPG before 2.5 knows it.
    const made: unknown = await generateKey({
      type: 'ecc',
      curve: 'curve25519Legacy',
      userIDs: [{ name: 'Muster' }],
      format: 'armored',
    });
    const { privateKey } = made as { privateKey: string };
    return {
      ...secrets,
      pgpPrivateKey: privateKey,
      ...(pgpPrivateKey === undefined ? { pgpPassphrase: undefined } : { pgpPreviousPrivateKey: pgpPrivateKey }),
    };
  },

  drop<Secrets extends ReportSecrets>(secret: string, secrets: Secrets): Secrets | null {
    const { pgpPrivateKey, pgpPreviousPrivateKey } = secrets;
    if (secret === 'pgpPreviousPrivateKey') {
      return pgpPreviousPrivateKey === undefined ? null : { ...secrets, pgpPreviousPrivateKey: undefined };
    }
    if (secret !== 'pgpPrivateKey' || pgpPrivateKey === undefined) return null;
    return { ...secrets, pgpPrivateKey: pgpPreviousPrivateKey, pgpPreviousPrivateKey: undefined };
  },
};

async function publicKeyOf(
  armored: string | undefined,
  names: Pick<PublicKey, 'secret' | 'use'>,
): Promise<PublicKey[]> {
  if (armored === undefined) return [];
  const { readPrivateKey } = await import('openpgp');
  try {
    const key = await readPrivateKey({ armoredKey: armored });
    const fingerprint = key.getFingerprint().toUpperCase();
    return [{ ...names, kind: 'pgp', publicKey: key.toPublic().armor(), fingerprint }];
  } catch {
    return [];
  }
}
