import type { ConnectorContext } from '#connector-sdk';
import ssh2, { type Client, type SFTPWrapper } from 'ssh2';
import type { CsvSftpConfig, CsvSftpSecrets } from './csv-sftp.settings.js';
import { isTrusted, type PresentedKey, presentedKey, untrustedHostKey } from './host-key.js';
import { loginMethods } from './login-methods.js';
import { connectionFailure, timedOut } from './sftp-failure.js';

/** What a connection is made of. */
export type ServerContext = Pick<
  ConnectorContext<CsvSftpConfig, CsvSftpSecrets>,
  'config' | 'secrets' | 'ownSecrets' | 'dialler' | 'signal'
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
export async function connectSftp(context: ServerContext): Promise<SftpConnection> {
  const { config: settings, secrets, dialler, signal } = context;
  const server = `${settings.host}:${settings.port}`;
  const methods = loginMethods(settings, secrets);
  let tried = 0;
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
    client.connect({
      sock,
      username: settings.user,
      authHandler: (_left, _partial, next) => {
        const method = methods[tried]?.method;
        tried += 1;
        // The declared type leaves out that no further way is said by `false`.
        next(method ?? (false as never));
      },
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
      await keepAccepted(context, methods[tried - 1]?.key ?? null);
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

/**
 * A key that the server has accepted takes the place of the one before. One that an admin has entered meanwhile stays.
 *
 * @param accepted as the secrets hold it; null: another way
 */
async function keepAccepted(
  { ownSecrets, secrets: { privateKey, nextPrivateKey } }: ServerContext,
  accepted: string | null,
): Promise<void> {
  if (accepted === null || accepted !== nextPrivateKey) return;
  if (privateKey === undefined || privateKey === accepted) return;
  await ownSecrets.replace('privateKey', { from: privateKey, to: accepted });
}

async function openChannel(client: Client): Promise<SFTPWrapper> {
  return new Promise((resolve, reject) => {
    client.sftp((error, sftp) => (error ? reject(error) : resolve(sftp)));
  });
}
