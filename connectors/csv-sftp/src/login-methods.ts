import { SourceCredentialsError } from '#connector-sdk';
import ssh2, { type AnyAuthMethod } from 'ssh2';
import type { CsvSftpConfig, CsvSftpSecrets } from './csv-sftp.settings.js';

/** One try to log in. `key`: by which private key, as the secrets hold it. */
export interface LoginMethod {
  readonly method: AnyAuthMethod;
  readonly key: string | null;
}

/**
 * The ways to log in, in the order in which they are tried: the next key, the present one, the password.
 *
 * @throws SourceCredentialsError `credentialsMissing`, `privateKeyUnreadable`
 */
export function loginMethods(
  { user: username }: Pick<CsvSftpConfig, 'user'>,
  { password, privateKey, nextPrivateKey, passphrase }: CsvSftpSecrets,
): LoginMethod[] {
  const keys = [...new Set([nextPrivateKey, privateKey])].filter((key) => key !== undefined);
  const byKey = keys.map((key): LoginMethod => {
    const parsed = ssh2.utils.parseKey(key, passphrase);
    if (parsed instanceof Error || !parsed.isPrivateKey()) {
      throw new SourceCredentialsError({
        code: 'privateKeyUnreadable',
        message:
          'The private key cannot be read. Give it as ssh-keygen writes it, with its passphrase if it has one, and not the public key.',
      });
    }
    return { method: { type: 'publickey', username, key: parsed }, key };
  });
  const byPassword: LoginMethod[] =
    password === undefined
      ? []
      : [
          { method: { type: 'password', username, password }, key: null },
          { method: { type: 'keyboard-interactive', username, prompt: answerWith(password) }, key: null },
        ];
  const methods = [...byKey, ...byPassword];
  if (methods.length > 0) return methods;
  throw new SourceCredentialsError({
    code: 'credentialsMissing',
    message: 'There is neither a password nor a private key. Set one of them, or have Muster make a key pair.',
  });
}

type Prompt = Extract<AnyAuthMethod, { type: 'keyboard-interactive' }>['prompt'];

/** One question that is not echoed is the password's; what else a server asks nobody is here to answer. */
function answerWith(password: string): Prompt {
  return (_name, _instructions, _language, prompts, finish) => {
    finish(prompts.length === 1 && prompts[0]?.echo !== true ? [password] : []);
  };
}
