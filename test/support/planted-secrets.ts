import { randomBytes } from 'node:crypto';
import { zstdDecompressSync } from 'node:zlib';
import { secretForms, type SecretForm } from './secret-forms.js';

/** What zstd begins with (RFC 8878 §3.1.1): snapshots and rows are kept so. */
const zstdMagic = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);
const maxUnpackedBytes = 64 * 1024 * 1024;

interface Planted {
  readonly name: string;
  readonly forms: readonly SecretForm[];
  /** Where it may stand: the one answer that gives it to whoever asked for it. */
  readonly givenBy: string | null;
}

/** Values that were put where secrets go, and a search for them in whatever a running Muster leaves behind. */
export class PlantedSecrets {
  private readonly planted: Planted[] = [];

  /** A value of its own, with what is written otherwise in JSON, in addresses and in forms. */
  make(name: string): string {
    return this.plant(name, `+/"=% &${randomBytes(16).toString('hex')}`);
  }

  /** A value without such characters, where there is no place for them. */
  makePlain(name: string): string {
    return this.plant(name, randomBytes(16).toString('hex'));
  }

  /** Gives the value back. @param givenBy what it may be seen in, by the name under which that is looked at */
  plant<Value extends string | Uint8Array>(name: string, value: Value, givenBy: string | null = null): Value {
    this.planted.push({ name, forms: secretForms(value), givenBy });
    return value;
  }

  get names(): string[] {
    return this.planted.map(({ name }) => name);
  }

  /** Which secrets stand there and how, `api key as base64`; in what was packed by zstd, too. */
  search(where: string, what: string | Uint8Array): string[] {
    const bytes = typeof what === 'string' ? Buffer.from(what) : Buffer.from(what.buffer, what.byteOffset, what.length);
    const found = this.planted
      .filter(({ givenBy }) => givenBy === null || givenBy !== where)
      .flatMap(({ name, forms }) =>
        forms.filter((form) => bytes.includes(form.bytes)).map((form) => `${name} as ${form.name} in ${where}`),
      );
    return [...new Set([...found, ...unpacked(bytes).flatMap((inner) => this.search(`${where}, unpacked`, inner))])];
  }
}

function unpacked(bytes: Buffer): Buffer[] {
  const found: Buffer[] = [];
  for (let at = bytes.indexOf(zstdMagic); at >= 0; at = bytes.indexOf(zstdMagic, at + 1)) {
    try {
      found.push(zstdDecompressSync(bytes.subarray(at), { maxOutputLength: maxUnpackedBytes }));
    } catch {
      // Bytes that only look like a beginning.
    }
  }
  return found;
}
