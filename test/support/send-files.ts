import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import ssh2, { type SFTPWrapper } from 'ssh2';

const { Client } = ssh2;

export interface FilesToSend {
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** Of the server's host key; whoever presents another is sent nothing. */
  readonly fingerprint: string;
}

/** Sends a file as a customer's program does, and is done when the server has said that it has it. */
export async function sendFile(
  { port, user, password, fingerprint }: FilesToSend,
  path: string,
  content: string,
): Promise<void> {
  const client = new Client();
  client.connect({
    host: '127.0.0.1',
    port,
    username: user,
    password,
    hostHash: 'sha256',
    hostVerifier: (hash: string) =>
      `SHA256:${Buffer.from(hash, 'hex').toString('base64').replace(/=+$/, '')}` === fingerprint,
  });
  try {
    await once(client, 'ready');
    const sftp = await new Promise<SFTPWrapper>((resolve, reject) => {
      client.sftp((error, opened) => (error ? reject(error) : resolve(opened)));
    });
    await new Promise<void>((resolve, reject) => {
      sftp.writeFile(path, content, (error) => (error ? reject(error) : resolve()));
    });
  } finally {
    client.end();
    await Promise.race([once(client, 'close'), sleep(5_000, undefined, { ref: false })]);
  }
}
