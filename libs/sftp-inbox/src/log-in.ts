import ssh2, { type AuthContext, type ParsedKey, type PublicKeyAuthContext } from 'ssh2';
import { isPasswordOf, nobodysHash } from '#connector-sdk';
import { type AccountId, parseAccountName } from './account-name.js';
import type { AccountSettings, AccountStore } from './account-store.port.js';

const { utils } = ssh2;

/** `asked`: that key would do, and has not been proven yet. */
export type LoginResult =
  | { readonly kind: 'in'; readonly id: AccountId; readonly settings: AccountSettings }
  | { readonly kind: 'asked' }
  | { readonly kind: 'out'; readonly id: AccountId | null };

/** Judges one try to log in. A name that does not exist takes as long as one that does. */
export async function logIn(context: AuthContext, accounts: AccountStore): Promise<LoginResult> {
  const id = parseAccountName(context.username);
  const settings = id === null ? null : await accounts.find(id);
  const out = { kind: 'out', id: settings === null ? null : id } as const;
  if (context.method === 'password') {
    const isRight = await isPasswordOf(settings?.passwordHash ?? nobodysHash, context.password);
    return isRight && id !== null && settings !== null ? { kind: 'in', id, settings } : out;
  }
  if (context.method !== 'publickey' || id === null || settings === null) return out;
  const key = settings.use.publicKeys.map(parsed).find((one) => one?.getPublicSSH().equals(context.key.data));
  if (key === undefined || key === null) return out;
  if (context.signature === undefined || context.blob === undefined) return { kind: 'asked' };
  return isSigned(key, context) ? { kind: 'in', id, settings } : out;
}

/** Signatures of RSA keys by SHA-1 are refused (RFC 8332): OpenSSH makes none by default since 8.8. */
function isSigned(key: ParsedKey, { blob, signature, hashAlgo }: PublicKeyAuthContext): boolean {
  if (blob === undefined || signature === undefined) return false;
  if (key.type === 'ssh-rsa' && hashAlgo === undefined) return false;
  return key.verify(blob, signature, hashAlgo) === true;
}

function parsed(text: string): ParsedKey | null {
  const key = utils.parseKey(text);
  return key instanceof Error ? null : key;
}
