import { foldText } from './fold-text.js';

/** Ends the text of a person. Like the tab between values, it is in no text that is looked for. */
const lineEnd = 0x0a;
const separators = /[\n\t]/g;
/** Of each value: a page's text stays small whatever people are called. */
const searchedCharacters = 500;
/** Bits of a signature: of 500 people's texts some 5,000 different threes of bytes are in it. */
const signatureBits = 16_384;

/** What the people of a page can be found by. */
export interface PageText {
  /** Of each person in order of sequence: the sequence, and where in `lines` the text begins. 32 bits each. */
  places: Uint8Array;
  /** The texts, a line of UTF-8 each. */
  lines: Uint8Array;
  /** Which threes of bytes occur in `lines` at all: bit n is bit n mod 8 of byte n / 8. */
  signature: Uint8Array;
}

/** What a search looks through of one person: the beginning of all that is known, folded, a tab between. */
export function joinSearched(values: readonly (string | null)[]): string {
  const known = values.flatMap((value) => (value === null || value === '' ? [] : value.slice(0, searchedCharacters)));
  return foldText(known.map((value) => value.replace(separators, ' ')).join('\t'));
}

/** Packs what people are found by, by sequence. */
export function packPageText(texts: ReadonlyMap<number, string>): PageText {
  const seqs = [...texts.keys()].sort((a, b) => a - b);
  const places = Buffer.allocUnsafe(seqs.length * 8);
  const lines: Buffer[] = [];
  let start = 0;
  for (const [index, seq] of seqs.entries()) {
    const line = Buffer.from(`${texts.get(seq) ?? ''}\n`);
    places.writeUInt32LE(seq, index * 8);
    places.writeUInt32LE(start, index * 8 + 4);
    start += line.length;
    lines.push(line);
  }
  const text = Buffer.concat(lines);
  return { places, lines: text, signature: signatureOf(text) };
}

/** What {@link packPageText} was given. */
export function unpackPageText({ places, lines }: Pick<PageText, 'places' | 'lines'>): Map<number, string> {
  const table = asBuffer(places);
  const texts = asBuffer(lines).toString('utf8').split('\n');
  const unpacked = new Map<number, string>();
  for (let index = 0; index * 8 < table.length; index += 1) {
    unpacked.set(table.readUInt32LE(index * 8), texts[index] ?? '');
  }
  return unpacked;
}

/** Whether all these bits are in a signature. */
export function hasBits(signature: Uint8Array, bits: readonly number[]): boolean {
  return bits.every((bit) => ((signature[bit >> 3] ?? 0) & (1 << (bit & 7))) !== 0);
}

/** A text that is looked for. */
export class Needle {
  /** The bits that a signature has wherever the text occurs; none when it is too short to tell. */
  readonly bits: readonly number[];
  private readonly bytes: Buffer;

  constructor(q: string) {
    this.bytes = Buffer.from(foldText(q.replace(separators, ' ')));
    this.bits = [...new Set(gramsOf(this.bytes))];
  }

  /** The sequences of those in whose text it is, in order. */
  seqsIn({ places, lines }: Pick<PageText, 'places' | 'lines'>): number[] {
    const text = asBuffer(lines);
    const table = asBuffer(places);
    const seqs: number[] = [];
    let place = 0;
    for (let at = text.indexOf(this.bytes); at !== -1;) {
      place = lastBegunBy(table, at, place);
      seqs.push(table.readUInt32LE(place));
      place += 8;
      if (place >= table.length) break;
      at = text.indexOf(this.bytes, table.readUInt32LE(place + 4));
    }
    return seqs;
  }
}

/** Where in `places` the last line that begins at or before `at` is told, none before `from`. */
function lastBegunBy(places: Buffer, at: number, from: number): number {
  let low = from / 8;
  let high = places.length / 8 - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (places.readUInt32LE(middle * 8 + 4) <= at) low = middle;
    else high = middle - 1;
  }
  return low * 8;
}

function signatureOf(text: Uint8Array): Uint8Array {
  const signature = new Uint8Array(signatureBits / 8);
  for (const bit of gramsOf(text)) signature[bit >> 3] = (signature[bit >> 3] ?? 0) | (1 << (bit & 7));
  return signature;
}

function gramsOf(bytes: Uint8Array): number[] {
  const grams: number[] = [];
  let gram = 0;
  for (let at = 0, long = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === lineEnd) {
      long = 0;
      continue;
    }
    gram = ((gram << 8) | byte) & 0xffffff;
    long += 1;
    if (long >= 3) grams.push((Math.imul(gram, 0x9e3779b1) >>> 0) % signatureBits);
  }
  return grams;
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
