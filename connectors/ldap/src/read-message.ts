import { BerReader } from './ber.js';

export interface DirectoryEntry {
  readonly dn: string;
  readonly attributes: readonly { readonly name: string; readonly values: readonly Buffer[] }[];
}

/** A message of a server, as far as this connector looks at it. `id`: of the request that it answers; 0 for none. */
export type ServerMessage =
  | { readonly kind: 'entry'; readonly id: number; readonly entry: DirectoryEntry }
  | { readonly kind: 'reference'; readonly id: number }
  | ({ readonly kind: 'result'; readonly id: number } & ServerResult)
  | { readonly kind: 'other'; readonly id: number };

export interface ServerResult {
  /** RFC 4511 §4.1.9. */
  readonly code: number;
  /** In the server's words, which may name people: to look for codes in, not to be shown. */
  readonly diagnostic: string;
  /** Of the paged results control (RFC 2696), empty on the last page; null when the server sent none. */
  readonly cookie: Buffer | null;
}

const TAG = { integer: 0x02, octets: 0x04, enumerated: 0x0a, sequence: 0x30, set: 0x31, controls: 0xa0 } as const;

/** RFC 4511 §4: responses to bind, search and extended requests. */
const RESULTS: readonly number[] = [0x61, 0x65, 0x78];
const ENTRY = 0x64;
const REFERENCE = 0x73;

const pagedResults = '1.2.840.113556.1.4.319';

/** @throws BerError */
export function readMessage(bytes: Buffer): ServerMessage {
  const message = new BerReader(new BerReader(bytes).next(TAG.sequence).content);
  const id = message.nextInteger(TAG.integer);
  const operation = message.next();
  if (operation.tag === ENTRY) return { kind: 'entry', id, entry: readEntry(operation.content) };
  if (operation.tag === REFERENCE) return { kind: 'reference', id };
  if (!RESULTS.includes(operation.tag)) return { kind: 'other', id };

  const result = new BerReader(operation.content);
  const code = result.nextInteger(TAG.enumerated);
  result.next(TAG.octets);
  const diagnostic = result.next(TAG.octets).content.toString('utf8');
  const cookie = message.peek() === TAG.controls ? readCookie(message.next().content) : null;
  return { kind: 'result', id, code, diagnostic, cookie };
}

function readEntry(content: Buffer): DirectoryEntry {
  const entry = new BerReader(content);
  const dn = entry.next(TAG.octets).content.toString('utf8');
  const list = new BerReader(entry.next(TAG.sequence).content);
  const attributes: { name: string; values: Buffer[] }[] = [];
  while (!list.isAtEnd) {
    const attribute = new BerReader(list.next(TAG.sequence).content);
    const name = attribute.next(TAG.octets).content.toString('utf8');
    const set = new BerReader(attribute.next(TAG.set).content);
    const values: Buffer[] = [];
    while (!set.isAtEnd) values.push(set.next(TAG.octets).content);
    attributes.push({ name, values });
  }
  return { dn, attributes };
}

function readCookie(content: Buffer): Buffer | null {
  const controls = new BerReader(content);
  while (!controls.isAtEnd) {
    const control = new BerReader(controls.next(TAG.sequence).content);
    if (control.next(TAG.octets).content.toString('latin1') !== pagedResults) continue;
    while (!control.isAtEnd) {
      const { tag, content: value } = control.next();
      if (tag !== TAG.octets) continue;
      const paged = new BerReader(new BerReader(value).next(TAG.sequence).content);
      paged.nextInteger(TAG.integer);
      return paged.next(TAG.octets).content;
    }
  }
  return null;
}
