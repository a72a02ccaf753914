/** Attributes whose values are 16 bytes as Windows stores a GUID, by their names in small letters. */
const GUIDS = new Set(['objectguid', 'ms-ds-consistencyguid', 'msexchmailboxguid']);
const SIDS = new Set(['objectsid', 'sidhistory']);

/** How a binary attribute that is known by its name is written as text; null for every other attribute. */
export function binaryTextOf(attribute: string): ((bytes: Buffer) => string | null) | null {
  const name = attribute.toLowerCase();
  if (GUIDS.has(name)) return guidText;
  return SIDS.has(name) ? sidText : null;
}

export function isGuidAttribute(attribute: string): boolean {
  return GUIDS.has(attribute.toLowerCase());
}

/** The first three groups are stored with their lowest byte first (MS-DTYP §2.3.4.2). */
const guidOrder = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];

/** `6f9619ff-8b86-d011-b42d-00c04fc964ff`; null for what are not 16 bytes. */
export function guidText(bytes: Buffer): string | null {
  if (bytes.length !== guidOrder.length) return null;
  const hex = Buffer.from(guidOrder.map((index) => bytes[index] ?? 0)).toString('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** The bytes that {@link guidText} writes so; null for what is no GUID. */
export function guidBytes(text: string): Buffer | null {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) return null;
  const written = Buffer.from(text.replaceAll('-', ''), 'hex');
  // The order is its own inverse.
  return Buffer.from(guidOrder.map((index) => written[index] ?? 0));
}

/** `S-1-5-21-…` (MS-DTYP §2.4.2); null for what is no security identifier. */
export function sidText(bytes: Buffer): string | null {
  const count = bytes[1];
  if (count === undefined || bytes.length !== 8 + 4 * count) return null;
  const parts = Array.from({ length: count }, (_, index) => bytes.readUInt32LE(8 + 4 * index));
  return ['S', bytes.readUInt8(0), bytes.readUIntBE(2, 6), ...parts].join('-');
}
