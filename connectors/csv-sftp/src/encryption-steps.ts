import type { PublicKey, SetupStep } from '#connector-sdk';

/** What whoever writes the reports does where Muster has an OpenPGP key; nothing without one. */
export function encryptionSteps(publicKeys: readonly PublicKey[]): SetupStep[] {
  const key = publicKeys.find(({ kind, use }) => kind === 'pgp' && use === 'current');
  if (key === undefined) return [];
  return [
    {
      title: 'Encrypt the report',
      text: 'Encrypt every file by OpenPGP for this key, and for no other. A file that is not encrypted is not read.',
      values: [
        { label: 'Fingerprint', value: key.fingerprint },
        { label: 'OpenPGP key', value: key.publicKey },
      ],
    },
  ];
}
