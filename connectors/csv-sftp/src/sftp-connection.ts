import { type ConnectorContext, SourceCredentialsError } from '#connector-sdk';
import ssh2, { type AuthenticationType, type Client, type SFTPWrapper } from 'ssh2';
import type { CsvSftpConfig, CsvSftpSecrets } from './csv-sftp.settings.js';
import { isTrusted, type PresentedKey, presentedKey, untrustedHostKey } from './host-key.js';
import { connectionFailure, timedOut } from './sftp-failure.js';

/** What a connection is made of. */
export type ServerContext = Pick<
  ConnectorContext<CsvSftpConfig, CsvSftpSecrets>,
  'config' | 'secrets' | 'dialler' | 'signal'
>;

/** An SSH connection that is logged in, and its SFTP channel. */
export interface SftpConnection {
  readonly client: Client;
  readonly sftp: SFTPWrapper;
}

/**
 * Connects, proves that the server is the one of the settings, and only then logs in.
 *
 * @throws SourceConfigurationError `hostKeyUnknown`, `hostKeyChanged`, `noCommonAlgorithm`, and what the dialler says;
 *   SourceCredentialsError `credentialsMissing`, `privateKeyUnreadable`, `loginRefused`; SourceRetriableError; the
 *   signal's reason when aborted
 */
export async function connectSftp({
  config: settings,
  secrets,
  dialler,
  signal,
}: ServerContext): Promise<SftpConnection> {
  const server = `${settings.host}:${settings.port}`;
  const methods = loginMethods(secrets);
  const timeoutMs = settings.requestTimeoutSeconds * 1000;
  const client = new ssh2.Client();
  let refused: PresentedKey | null = null;
  try {
    const sock = await dialler.connect({ host: settings.host, port: settings.port, signal, timeoutMs });
    const ready = Promise.withResolvers<void>();
    const end = Promise.withResolvers<never>();
    end.promise.catch(() => undefined);
    const abort = (): void => end.reject(signal.reason as Error);
    signal.addEventListener('abort', abort, { once: true });
    client.on('ready', ready.resolve);
    client.on('error', end.reject);
    client.on('close', () => end.reject(new Error('The connection was closed.')));
    client.on('keyboard-interactive', (_name, _instructions, _language, prompts, finish) => {
      // One question that is not echoed is the password's; what else a server asks nobody is here to answer.
      finish(prompts.length === 1 && prompts[0]?.echo !== true ? [secrets.password ?? ''] : []);
    });
    client.connect({
      sock,
      username: settings.user,
      ...(secrets.password === undefined ? {} : { password: secrets.password }),
      ...(secrets.privateKey === undefined ? {} : { privateKey: secrets.privateKey }),
      ...(secrets.passphrase === undefined ? {} : { passphrase: secrets.passphrase }),
      authHandler: [...methods],
      tryKeyboard: methods.includes('keyboard-interactive'),
      readyTimeout: timeoutMs,
      keepaliveInterval: 10_000,
      keepaliveCountMax: 3,
      // The raw key: the library's own hashing breaks when the server renews the session's keys.
      hostVerifier: (key: Buffer) => {
        const presented = presentedKey(key);
        if (isTrusted(presented, settings.hostKeyFingerprints)) return true;
        refused = presented;
        return false;
      },
    });
    let deadline: NodeJS.Timeout | undefined;
    try {
      await Promise.race([ready.promise, end.promise]);
      deadline = setTimeout(() => end.reject(timedOut(server)), timeoutMs);
      return { client, sftp: await Promise.race([openChannel(client), end.promise]) };
    } finally {
      clearTimeout(deadline);
      signal.removeEventListener('abort', abort);
    }
  } catch (error) {
    client.destroy();
    signal.throwIfAborted();
    if (refused !== null) throw untrustedHostKey(refused, server, settings.hostKeyFingerprints);
    throw connectionFailure(error, server);
  }
}

/** @throws SourceCredentialsError */
function loginMethods({ password, privateKey, passphrase }: CsvSftpSecrets): AuthenticationType[] {
  if (privateKey !== undefined) {
    const parsed = ssh2.utils.parseKey(privateKey, passphrase);
    if (parsed instanceof Error || !parsed.isPrivateKey()) {
      throw new SourceCredentialsError({
        code: 'privateKeyUnreadable',
        message:
          'The private key cannot be read. Give it as ssh-keygen writes it, with its passphrase if it has one, and not the public key.',
      });
    }
  }
  const methods: AuthenticationType[] = [
    ...(privateKey === undefined ? [] : (['publickey'] as const)),
    ...(password === undefined ? [] : (['password', 'keyboard-interactive'] as const)),
  ];
  if (methods.length > 0) return methods;
  throw new SourceCredentialsError({
    code: 'credentialsMissing',
    message: 'There is neither a password nor a private key. Set one of them.',
  });
}

async function openChannel(client: Client): Promise<SFTPWrapper> {
  return new Promise((resolve, reject) => {
    client.sftp((error, sftp) => (error ? reject(error) : resolve(sftp)));
  });
}
