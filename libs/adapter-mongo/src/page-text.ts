/** Ends the text of a person; in no text that is looked for. */
const lineEnd = 0x0a;
/**
 * Runs of so many bytes are in a signature: threes tell of short needles, fives rule out more. Of 500 people some 17,000
 * different ones are in it, so that one bit in three is free: a name of twelve letters passes by chance on one page in
 * two thousand, and 2 KB a page are read for every search.
 */
const runs = [3, 5];
const signatureBits = 16_384;

/** What the people of a page can be found by. */
export interface PageText {
  /** Of each person in order of sequence: the sequence, and where in `lines` the text begins. 32 bits each. */
  places: Uint8Array;
  /** The texts, a line of UTF-8 each. */
  lines: Uint8Array;
  /** Which short runs of bytes occur in `lines` at all: bit n is bit n mod 8 of byte n / 8. */
  signature: Uint8Array;
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

/** The bits that a signature has wherever the text occurs; none when it is too short to tell. */
export function bitsOf(needle: string): number[] {
  const bits = new Set<number>();
  eachRun(Buffer.from(needle), (bit) => bits.add(bit));
  return [...bits];
}

/** The sequences of those in whose text the needle is, in order. */
export function seqsIn({ places, lines }: Pick<PageText, 'places' | 'lines'>, needle: string): number[] {
  const [text, table, bytes] = [asBuffer(lines), asBuffer(places), Buffer.from(needle)];
  const seqs: number[] = [];
  let place = 0;
  for (let at = text.indexOf(bytes); at !== -1;) {
    place = lastBegunBy(table, at, place);
    seqs.push(table.readUInt32LE(place));
    place += 8;
    if (place >= table.length) break;
    at = text.indexOf(bytes, table.readUInt32LE(place + 4));
  }
  return seqs;
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
  eachRun(text, (bit) => {
    signature[bit >> 3] = (signature[bit >> 3] ?? 0) | (1 << (bit & 7));
  });
  return signature;
}

/** Gives the bit of each run that lies within a line. */
function eachRun(text: Uint8Array, take: (bit: number) => void): void {
  let long = 0;
  for (let at = 0; at < text.length; at += 1) {
    long = text[at] === lineEnd ? 0 : long + 1;
    for (const run of runs) {
      if (long < run) break;
      let hash = run;
      for (let byte = at - run + 1; byte <= at; byte += 1) hash = Math.imul(hash ^ (text[byte] ?? 0), 0x01000193);
      take(((hash ^ (hash >>> 15)) >>> 0) % signatureBits);
    }
  }
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
