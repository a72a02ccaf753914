/** What an element becomes: see `XmlValueBuilder`. */
export type XmlValue = string | null | XmlObject;

/** By `@<attribute>`, `#text`, or the name of a child element, whose value is always a list. */
export interface XmlObject {
  readonly [key: string]: string | readonly XmlValue[];
}

/** Reads `@<attribute>` or `#text`; null where there is none. */
export function xmlText(value: XmlValue | undefined, key: '#text' | `@${string}`): string | null {
  if (typeof value === 'string') return key === '#text' ? value : null;
  const found = value?.[key];
  return typeof found === 'string' ? found : null;
}

/** The elements of that name within an element; none when there is none. */
export function xmlChildren(value: XmlValue | undefined, name: string): readonly XmlValue[] {
  if (value === null || value === undefined || typeof value === 'string') return [];
  const found = value[name];
  return found === undefined || typeof found === 'string' ? [] : found;
}
