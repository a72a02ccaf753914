import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { SourceFatalError } from '#connector-sdk';
import type { PgpDecryption } from './pgp-decryption.js';

/** A report shrinks to a tenth or so; what grows to more than this is made to fill a disk or a memory. */
const maxExpansion = 200;
/** Below it expansion is nobody's harm. */
const alwaysAllowedBytes = 1024 * 1024;

/** The bytes of one file on their way to the reader: hashed as they were sent, decrypted, and unpacked if it is a `.gz`. */
export class FileContent {
  private readonly hash = createHash('sha256');
  private isCutOff = false;

  constructor(
    private readonly name: string,
    private readonly size: number,
    private readonly source: AsyncIterable<Uint8Array>,
    /** Null: the file is not encrypted. */
    private readonly decryption: PgpDecryption | null,
  ) {}

  /** Of the file as it lies on the server; once all of {@link bytes} has been read. */
  get sha256(): string {
    return this.hash.copy().digest('hex');
  }

  /** True when a packed file ended before its content did. */
  get endsEarly(): boolean {
    return this.isCutOff;
  }

  /** @throws SourceFatalError `notGzip`, `expandsTooMuch` */
  async *bytes(): AsyncGenerator<Uint8Array, void, void> {
    const isPacked = /\.gz$/.test(this.decryption === null ? this.name : this.name.replace(/\.(pgp|gpg|asc)$/i, ''));
    if (isPacked) yield* this.unpacked();
    else yield* this.plain();
  }

  private async *hashed(): AsyncGenerator<Uint8Array, void, void> {
    for await (const chunk of this.source) {
      this.hash.update(chunk);
      yield chunk;
    }
  }

  private async *plain(): AsyncGenerator<Uint8Array, void, void> {
    if (this.decryption === null) {
      yield* this.hashed();
      return;
    }
    let length = 0;
    for await (const chunk of this.decryption.bytes(this.name, this.hashed(), this.mostBytes)) {
      length += chunk.length;
      if (length > this.mostBytes) throw this.expandsTooMuch();
      yield chunk;
    }
  }

  private async *unpacked(): AsyncGenerator<Uint8Array, void, void> {
    const gunzip = createGunzip();
    const feeding = pipeline(this.plain(), gunzip);
    // What breaks there breaks the reading below as well.
    feeding.catch(() => undefined);
    let length = 0;
    try {
      for await (const chunk of gunzip as AsyncIterable<Uint8Array>) {
        length += chunk.length;
        if (length > this.mostBytes) throw this.expandsTooMuch();
        yield chunk;
      }
      // What is behind the packed part counts as well: the proof of an encrypted file comes at its very end.
      await feeding;
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : null;
      if (code === 'Z_BUF_ERROR') this.isCutOff = true;
      else if (typeof code === 'string' && code.startsWith('Z_')) throw this.broken('notGzip', 'is no gzip file');
      else throw error;
    }
  }

  private get mostBytes(): number {
    return Math.max(alwaysAllowedBytes, this.size * maxExpansion);
  }

  private expandsTooMuch(): SourceFatalError {
    return this.broken('expandsTooMuch', `unpacks to more than ${maxExpansion} times its size`);
  }

  private broken(code: string, what: string): SourceFatalError {
    return new SourceFatalError({ code, message: `${this.name} ${what}. Nothing of it is applied.` });
  }
}
