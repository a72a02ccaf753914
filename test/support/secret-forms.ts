/** A spelling in which a secret may stand somewhere, to be searched for byte by byte. */
export interface SecretForm {
  readonly name: string;
  readonly bytes: Buffer;
}

/** Shorter runs than this are found by chance, and are left out. */
const leastLength = 12;

/**
 * The spellings of a secret: as it is, in base64 of both alphabets wherever in it the secret begins, and in hex. Of a text its
 * runs of letters, digits, `-` and `_` are searched for, which stand alike in JSON, in addresses and in forms, whatever stands between them.
 *
 * @throws TypeError when a text has no run that is long enough to be told from anything else
 */
export function secretForms(secret: string | Uint8Array): SecretForm[] {
  if (typeof secret !== 'string') return formsOf(Buffer.from(secret));
  const runs = secret.match(/[\w-]+/g)?.filter((run) => run.length >= leastLength) ?? [];
  if (runs.length === 0)
    throw new TypeError(`A planted secret needs ${String(leastLength)} letters or digits in a row.`);
  return runs.flatMap((run) => formsOf(Buffer.from(run)));
}

function formsOf(bytes: Buffer): SecretForm[] {
  const base64 = [0, 1, 2].map((offset) => inBase64(bytes, offset));
  const texts = {
    hex: [bytes.toString('hex'), bytes.toString('hex').toUpperCase()],
    base64,
    base64url: base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
  };
  const encoded = Object.entries(texts).flatMap(([name, spellings]) =>
    [...new Set(spellings)].map((text) => ({ name, bytes: Buffer.from(text) })),
  );
  return [{ name: 'clear', bytes }, ...encoded];
}

/** What is always the same of its base64 after so many bytes of something else. */
function inBase64(bytes: Buffer, offset: number): string {
  const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
  return text.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6));
}
