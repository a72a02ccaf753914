import { hash, timingSafeEqual } from 'node:crypto';
import { SourceConfigurationError } from '#connector-sdk';

/** What a server presented when it was asked who it is. */
export interface PresentedKey {
  /** `SHA256:` and base64 without padding, as `ssh-keygen -l` shows it. */
  readonly fingerprint: string;
  /** `ssh-ed25519` and the like. */
  readonly type: string;
}

/** `key`: a public key as SSH sends it (RFC 4253 §6.6): first the length of the type's name, then the name. */
export function presentedKey(key: Buffer): PresentedKey {
  const length = key.length >= 4 ? key.readUInt32BE(0) : 0;
  const type = key.subarray(4, 4 + Math.min(length, 64)).toString('latin1');
  return {
    fingerprint: `SHA256:${hash('sha256', key, 'base64').replace(/=+$/, '')}`,
    type: /^[\w.@-]+$/.test(type) ? type : 'of an unknown type',
  };
}

export function isTrusted({ fingerprint }: PresentedKey, trusted: readonly string[]): boolean {
  const bare = (text: string): Buffer => Buffer.from(text.replace(/^SHA256:/, '').replace(/=+$/, ''));
  const presented = bare(fingerprint);
  return trusted.map(bare).some((one) => one.length === presented.length && timingSafeEqual(one, presented));
}

/** The server was left before anything was sent to it that is secret. */
export function untrustedHostKey(
  { fingerprint, type }: PresentedKey,
  server: string,
  trusted: readonly string[],
): SourceConfigurationError {
  const fields = { fingerprint, keyType: type };
  return trusted.length === 0
    ? new SourceConfigurationError({
        code: 'hostKeyUnknown',
        fields,
        message: `${server} presents the host key ${fingerprint} (${type}); the settings trust none yet. Compare it with what whoever runs the server says. If it is the same, put it into hostKeyFingerprints. No password was sent.`,
      })
    : new SourceConfigurationError({
        code: 'hostKeyChanged',
        fields,
        message: `${server} presents the host key ${fingerprint} (${type}), which is not among hostKeyFingerprints. Either its key was changed or this is another server: ask whoever runs it before you trust it. No password was sent.`,
      });
}
