import { ReadableStream } from 'node:stream/web';
import {
  type ConnectorContext,
  SourceConfigurationError,
  SourceCredentialsError,
  SourceFatalError,
} from '#connector-sdk';
import type { PrivateKey, PublicKey } from 'openpgp';
import type { ReportSecrets, ReportSettings } from './report.settings.js';

/** So that what a single chunk unpacks to stays small. */
const chunkBytes = 16 * 1024;

/** Where the library is loaded: few integrations need it, and a connector's process starts for every call. */
const openpgp = async () => import('openpgp');

interface Keys {
  readonly own: PrivateKey[];
  /** Whose signature every file must have; null: none is asked for. */
  readonly sender: PublicKey | null;
}

/** Of a stream, the content is one; the library's types leave open which kind. */
interface Opened {
  readonly data: AsyncIterable<Uint8Array>;
  readonly signatures: readonly { readonly verified: Promise<true> }[];
}

/** Opens files that are encrypted by OpenPGP (RFC 9580), and proves who has signed them. */
export class PgpDecryption {
  private constructor(private readonly keys: Keys) {}

  /**
   * Null where no private key is set: then files are read as they are.
   *
   * @throws SourceCredentialsError `pgpKeyUnreadable`; SourceConfigurationError `pgpSenderKeyUnreadable`, `pgpKeyMissing`
   */
  static async open({
    config: { pgpSenderKey },
    secrets: { pgpPrivateKey, pgpPreviousPrivateKey, pgpPassphrase },
  }: Pick<ConnectorContext<ReportSettings, ReportSecrets>, 'config' | 'secrets'>): Promise<PgpDecryption | null> {
    if (pgpPrivateKey === undefined) {
      if (pgpSenderKey === undefined) return null;
      const message =
        'There is a sender’s key and no private key: files that are signed are encrypted too. Set pgpPrivateKey.';
      throw new SourceConfigurationError({ code: 'pgpKeyMissing', message });
    }
    const texts = [pgpPrivateKey, ...(pgpPreviousPrivateKey === undefined ? [] : [pgpPreviousPrivateKey])];
    const own = await Promise.all(texts.map(async (text) => ownKey(text, pgpPassphrase)));
    return new PgpDecryption({ own, sender: pgpSenderKey === undefined ? null : await senderKey(pgpSenderKey) });
  }

  /**
   * What a file holds. Bytes come before they are proven: only when this has ended, they are what the sender has written.
   *
   * @param maxBytes of all packets that are unpacked
   * @throws SourceFatalError `notEncrypted`, `notDecrypted`, `notSigned`, `pgpDamaged`
   */
  async *bytes(
    name: string,
    source: AsyncIterable<Uint8Array>,
    maxBytes: number,
  ): AsyncGenerator<Uint8Array, void, void> {
    const { own, sender } = this.keys;
    const { readMessage, decrypt, config } = await openpgp();
    const settings = { ...config, allowUnauthenticatedStream: true, maxDecompressedMessageSize: maxBytes };
    const { stream, failure } = asStream(source);
    let step: 'read' | 'decrypt' | 'verify' = 'read';
    try {
      const { isArmored, whole } = await beginning(stream);
      const message = isArmored
        ? await readMessage({ armoredMessage: asText(whole) as never, config: settings })
        : await readMessage({ binaryMessage: whole as never, config: settings });
      step = 'decrypt';
      const opened: unknown = await decrypt({
        message: message as never,
        decryptionKeys: own,
        ...(sender === null ? {} : { verificationKeys: sender, expectSigned: true }),
        format: 'binary',
        config: settings,
      });
      const { data, signatures } = opened as Opened;
      step = 'verify';
      for await (const chunk of data) yield chunk;
      if (sender === null) return;
      // The library has proven one of them by now, or thrown: asked for once more, since all depends on it.
      const proofs = await Promise.allSettled(signatures.map(async ({ verified }) => verified));
      if (!proofs.some(({ status }) => status === 'fulfilled')) throw new Error('No signature is of that key.');
    } catch (error) {
      throw failure() ?? asFailure(name, step, error, sender !== null);
    }
  }
}

async function ownKey(armored: string, passphrase: string | undefined): Promise<PrivateKey> {
  const { readPrivateKey, decryptKey } = await openpgp();
  try {
    const key = await readPrivateKey({ armoredKey: armored });
    if (key.isDecrypted()) return key;
    return await decryptKey({ privateKey: key, passphrase: passphrase ?? '' });
  } catch {
    throw new SourceCredentialsError({
      code: 'pgpKeyUnreadable',
      message:
        'The OpenPGP private key cannot be used. Give it as `gpg --armor --export-secret-keys` writes it, with its passphrase if it has one.',
    });
  }
}

async function senderKey(armored: string): Promise<PublicKey> {
  const { readKey } = await openpgp();
  try {
    const key = await readKey({ armoredKey: armored });
    if (!key.isPrivate()) return key;
  } catch {
    // Told below.
  }
  throw new SourceConfigurationError({
    code: 'pgpSenderKeyUnreadable',
    message: 'The OpenPGP key of the sender cannot be used. Give the public one, as `gpg --armor --export` writes it.',
  });
}

/** What the library is told of an error is not what it throws: the source's own is kept. */
function asStream(source: AsyncIterable<Uint8Array>): {
  stream: ReadableStream<Uint8Array>;
  failure: () => Error | null;
} {
  let failed: Error | null = null;
  const chunks = slices(source);
  const stream = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const step = await chunks.next();
          if (step.done === true) controller.close();
          else controller.enqueue(step.value);
        } catch (error) {
          failed = error instanceof Error ? error : new Error('The file could not be read.');
          controller.error(failed);
        }
      },
      async cancel() {
        await chunks.return();
      },
    },
    { highWaterMark: 0 },
  );
  return { stream, failure: () => failed };
}

async function* slices(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, void> {
  for await (const chunk of source) {
    for (let at = 0; at < chunk.length; at += chunkBytes) yield chunk.subarray(at, at + chunkBytes);
  }
}

/** The first byte of a packet has its highest bit set (RFC 9580 §4.2); text has not. */
async function beginning(
  stream: ReadableStream<Uint8Array>,
): Promise<{ isArmored: boolean; whole: ReadableStream<Uint8Array> }> {
  const reader = stream.getReader();
  const first = await reader.read();
  const isArmored = first.done || ((first.value[0] ?? 0) & 0x80) === 0;
  let isFirst = true;
  const whole = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const step = isFirst ? first : await reader.read();
        isFirst = false;
        if (step.done) controller.close();
        else controller.enqueue(step.value);
      },
      cancel: async (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
  return { isArmored, whole };
}

function asText(bytes: ReadableStream<Uint8Array>): ReadableStream<string> {
  const reader = bytes.getReader();
  return new ReadableStream<string>(
    {
      async pull(controller) {
        const step = await reader.read();
        if (step.done) controller.close();
        else controller.enqueue(Buffer.from(step.value).toString('latin1'));
      },
      cancel: async (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}

function asFailure(
  name: string,
  step: 'read' | 'decrypt' | 'verify',
  error: unknown,
  isSigned: boolean,
): SourceFatalError {
  const said = error instanceof Error ? error.message : '';
  const failed = (code: string, what: string): SourceFatalError =>
    new SourceFatalError({ code, message: `${name} ${what} Nothing of it is applied.`, fields: { file: name } });
  if (/[Mm]aximum decompressed|decompressed message size/.test(said)) {
    return failed('expandsTooMuch', 'unpacks to more than 200 times its size.');
  }
  if (step === 'read' || /No encrypted data/.test(said)) {
    return failed(
      'notEncrypted',
      'is no file encrypted by OpenPGP, as the private key in the settings says it should be.',
    );
  }
  if (/sign/i.test(said) && isSigned) {
    return failed(
      'notSigned',
      'is not signed by the sender whose key is in the settings, or that key is not valid any more.',
    );
  }
  if (step === 'decrypt') return failed('notDecrypted', 'cannot be decrypted by the private key in the settings.');
  return failed('pgpDamaged', 'was damaged or changed after it was encrypted, or breaks off.');
}
