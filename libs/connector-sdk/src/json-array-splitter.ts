import { keysOf } from './array-path.js';
import type { RawRecord } from './raw-record.js';
import { JsonSplitError } from './json-split.errors.js';
import { BYTE, JsonScanner } from './json-scanner.js';
import type { SplitJsonArrayOptions } from './split-json-array.js';
import { ValueEnd } from './value-end.js';

export type JsonArraySplitterOptions = SplitJsonArrayOptions & {
  /** One record may not be larger; nor may anything else beside the array. Default 64 MiB. */
  readonly maxRecordBytes?: number;
};

/** What may stand at the next byte that is no white space. */
type Place =
  'start' | 'firstKey' | 'key' | 'colon' | 'value' | 'afterValue' | 'firstElement' | 'element' | 'afterElement' | 'end';

/** What a value is that has begun. */
type Part = 'key' | 'other' | 'record';

const BOM = [0xef, 0xbb, 0xbf];

/**
 * Splits a body `{"<arrayKey>": [{…}, {…}], …}`, or one with its array at any other path, into its records as it comes, in parts of any size: the same records, byte
 * for byte, that `splitJsonArray` gives of the whole body, while no more than one record and one part is held. What else
 * stands at the top level is passed over.
 *
 * The records given before an error are good. Offsets in errors count from the start of the body.
 */
export class JsonArraySplitter {
  private readonly path: readonly string[];
  private readonly idKey: string;
  private readonly maxRecordBytes: number;
  private readonly value = new ValueEnd();
  private place: Place = 'start';
  private open: Part | null = null;
  /** What earlier parts hold of the value that is open. */
  private held: Uint8Array[] = [];
  private heldBytes = 0;
  private offset = 0;
  /** How many keys of the path lead to the object that is open. */
  private depth = 0;
  private readonly found: boolean[] = [];
  private isOnPath = false;
  private keys = 0;
  private hasArray = false;

  constructor({ idKey, maxRecordBytes = 64 * 1024 * 1024, ...place }: JsonArraySplitterOptions) {
    this.path = keysOf(place);
    this.idKey = idKey;
    this.maxRecordBytes = maxRecordBytes;
  }

  /** Whether the array has begun. */
  get arraySeen(): boolean {
    return this.hasArray;
  }

  /** How many keys stood at the top level so far, the array's included. */
  get keysSeen(): number {
    return this.keys;
  }

  /**
   * The records that end in this part of the body. Their bytes may be views into it.
   *
   * @throws JsonSplitError `malformed` (junk behind the end and a second array included), `arrayMissing` when the body is no
   *   object or the key holds no array, `tooLarge`
   */
  push(part: Uint8Array): RawRecord[] {
    const records: RawRecord[] = [];
    let at = 0;
    while (at < part.length) {
      if (this.open === null) {
        at = this.skipBlank(part, at);
        if (at === part.length) break;
        at = this.step(part[at] as number, at);
        continue;
      }
      const end = this.value.find(part, at, this.offset);
      const bytes = part.subarray(at, end === -1 ? part.length : end);
      this.heldBytes += bytes.length;
      if (this.heldBytes > this.maxRecordBytes) {
        throw new JsonSplitError('tooLarge', this.offset + at, `One value is larger than ${this.maxRecordBytes} bytes`);
      }
      if (end === -1) {
        if (this.open !== 'other') this.held.push(bytes);
        break;
      }
      this.close(bytes, at, records);
      at = end;
    }
    this.offset += part.length;
    return records;
  }

  /** @throws JsonSplitError `cutOff` when the body has not come to its end */
  end(): void {
    if (this.place !== 'end') throw new JsonSplitError('cutOff', this.offset, 'The body ends in the middle');
  }

  private skipBlank(part: Uint8Array, from: number): number {
    let at = from;
    while (at < part.length) {
      const byte = part[at] as number;
      const isMark = this.place === 'start' && byte === BOM[this.offset + at];
      if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09 && !isMark) break;
      at += 1;
    }
    return at;
  }

  /** Takes one byte of structure, or begins a value at it. Gives where to go on. */
  private step(byte: number, at: number): number {
    switch (this.place) {
      case 'start':
        return this.enter(byte, at);
      case 'firstKey':
        return byte === BYTE.CLOSE_BRACE ? this.leave(at) : this.begin('key', byte, at);
      case 'key':
        return this.begin('key', byte, at);
      case 'colon':
        if (byte !== BYTE.COLON) throw this.error('malformed', at, 'A colon was expected');
        return this.go('value', at);
      case 'value':
        if (!this.isOnPath) return this.begin('other', byte, at);
        this.depth += 1;
        return this.enter(byte, at);
      case 'afterValue':
        if (byte === BYTE.CLOSE_BRACE) return this.leave(at);
        if (byte !== BYTE.COMMA) throw this.error('malformed', at, 'A comma or the end of the object was expected');
        return this.go('key', at);
      case 'firstElement':
        return byte === BYTE.CLOSE_BRACKET ? this.leave(at) : this.begin('record', byte, at);
      case 'element':
        return this.begin('record', byte, at);
      case 'afterElement':
        if (byte === BYTE.CLOSE_BRACKET) return this.leave(at);
        if (byte !== BYTE.COMMA) throw this.error('malformed', at, 'A comma or the end of the array was expected');
        return this.go('element', at);
      case 'end':
        throw this.error('malformed', at, 'Something follows the end of the body');
    }
  }

  /** Into the array, when the whole path has led to it, or an object on the way there. */
  private enter(byte: number, at: number): number {
    const { path, depth } = this;
    const name = depth === 0 ? 'The body' : `"${path[depth - 1]}"`;
    if (depth < path.length) {
      if (byte === BYTE.OPEN_BRACE) return this.go('firstKey', at);
      throw this.error('arrayMissing', at, `${name} is not ${depth === 0 ? 'a JSON' : 'an'} object`);
    }
    if (byte !== BYTE.OPEN_BRACKET) throw this.error('arrayMissing', at, `${name} is not an array`);
    this.hasArray = true;
    return this.go('firstElement', at);
  }

  /** Out of the array or of an object on the way there. */
  private leave(at: number): number {
    if (this.depth === 0) return this.go('end', at);
    this.depth -= 1;
    return this.go('afterValue', at);
  }

  private go(place: Place, at: number): number {
    this.place = place;
    return at + 1;
  }

  private begin(what: Part, byte: number, at: number): number {
    if (what === 'key' && byte !== BYTE.QUOTE) throw this.error('malformed', at, 'A key was expected');
    if (byte === BYTE.COMMA || byte === BYTE.COLON || byte === BYTE.CLOSE_BRACE || byte === BYTE.CLOSE_BRACKET) {
      throw this.error('malformed', at, 'A value was expected');
    }
    this.open = what;
    this.held = [];
    this.heldBytes = 0;
    this.value.begin(byte);
    return at;
  }

  private close(last: Uint8Array, at: number, records: RawRecord[]): void {
    const bytes = this.held.length === 0 ? last : Buffer.concat([...this.held, last]);
    const what = this.open;
    this.open = null;
    this.held = [];
    if (what === 'record') {
      records.push({ sourceId: this.idOf(bytes), bytes });
      this.place = 'afterElement';
    } else if (what === 'key') {
      this.takeKey(bytes, at + last.length - this.heldBytes);
      this.place = 'colon';
    } else {
      this.place = 'afterValue';
    }
  }

  private takeKey(bytes: Uint8Array, start: number): void {
    const { path, depth, found } = this;
    this.isOnPath = keyOf(bytes) === path[depth];
    if (this.isOnPath && found[depth] === true) {
      throw this.error('malformed', start, `The key "${path[depth]}" comes twice`);
    }
    if (this.isOnPath) found[depth] = true;
    if (depth === 0) this.keys += 1;
  }

  private idOf(bytes: Uint8Array): string | null {
    if (bytes[0] !== BYTE.OPEN_BRACE) return null;
    const scanner = new JsonScanner(bytes, this.idKey);
    scanner.skipRecord(0);
    return scanner.recordId;
  }

  private error(code: 'malformed' | 'arrayMissing', at: number, detail: string): JsonSplitError {
    return new JsonSplitError(code, this.offset + at, detail);
  }
}

/** The text of a key; one that is no JSON string inside is nobody's. */
function keyOf(bytes: Uint8Array): string | null {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8')) as string;
  } catch {
    return null;
  }
}
