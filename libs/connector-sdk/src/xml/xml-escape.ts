/** Characters that XML 1.0 has no way to write (§2.2). */
const UNWRITABLE = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u;

const REFERENCES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\r': '&#13;',
  '\n': '&#10;',
  '\t': '&#9;',
};

/** Text as it stands in an element or in an attribute; null when XML cannot hold it. */
export function xmlEscape(text: string): string | null {
  return UNWRITABLE.test(text) ? null : text.replace(/[&<>"'\r\n\t]/g, (character) => REFERENCES[character] ?? '');
}
