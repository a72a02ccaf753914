import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { xmlEscape } from './xml-escape.js';
import type { XmlLimits } from './xml-limits.js';
import { type XmlElement, XmlSplitter } from './xml-splitter.js';
import { XmlError } from './xml.errors.js';

interface Wishes {
  take?: string[];
  limits?: Partial<XmlLimits>;
  /** Bytes at a time. */
  part?: number;
}

function split(text: string | Uint8Array, { take = ['R/P'], limits = {}, part = Infinity }: Wishes = {}): XmlElement[] {
  const bytes = Buffer.from(text);
  const splitter = new XmlSplitter({ take, limits });
  const found: XmlElement[] = [];
  for (let at = 0; at < bytes.length; at += part) found.push(...splitter.push(bytes.subarray(at, at + part)));
  splitter.end();
  return found;
}

function values(text: string, wishes?: Wishes): unknown[] {
  return split(text, wishes).map(({ value }) => JSON.parse(JSON.stringify(value)) as unknown);
}

function errorOf(run: () => unknown): XmlError {
  try {
    run();
  } catch (error) {
    if (error instanceof XmlError) return error;
    throw error;
  }
  throw new Error('Nothing was thrown.');
}

const people = `<?xml version="1.0" encoding="UTF-8"?>
<!-- nobody --><w:R xmlns:w="urn:w" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <w:Other><w:P>not this one</w:P></w:Other>
  <w:P w:type="a" type="b" w:id='7"'>
    <w:Name>Zoë &amp; S&#248;n</w:Name><w:Phone>1</w:Phone><x:Phone xmlns:x="urn:x">2</x:Phone>
    <w:Note><![CDATA[<b> ]]>&lt;</w:Note><w:Empty/><w:Gone xsi:nil="true"/>
    <w:Mail w:primary="1">z@acme.example</w:Mail><__proto__>p</__proto__><?php no?>
  </w:P>
  <w:P>text alone</w:P>
  <w:P>text <w:B>beside</w:B></w:P>
</w:R>`;

describe('XmlSplitter', () => {
  it('makes of an element what expressions can reach, children as lists whether one or many', () => {
    expect(values(people)).toEqual([
      JSON.parse(
        `{ "@type": "b", "@w:type": "a", "@id": "7\\"", "Name": ["Zoë & Søn"], "Phone": ["1", "2"], "Note": ["<b> <"],
           "Empty": [""], "Gone": [null], "Mail": [{ "@primary": "1", "#text": "z@acme.example" }], "__proto__": ["p"] }`,
      ),
      'text alone',
      { '#text': 'text ', B: ['beside'] },
    ]);
    expect(split(people).map(({ path, namespace }) => [path, namespace])).toEqual(Array(3).fill(['R/P', 'urn:w']));
  });

  it.each([1, 2, 3, 7, 64])('gives the same for parts of %d bytes, letters of several bytes cut through', (part) => {
    expect(values(people, { part })).toEqual(values(people));
  });

  it('gives back any text that XML can hold, in elements and in attributes', () => {
    const units = fc.array(fc.nat(0xffff)).map((codes) => String.fromCharCode(...codes));
    const letters = fc.string({ unit: fc.constantFrom(...'a&<>"\' \t\r\n]é中😀') });
    fc.assert(
      fc.property(fc.oneof(letters, units), fc.integer({ min: 1, max: 9 }), (text, part) => {
        const escaped = xmlEscape(text);
        if (escaped === null) return;
        const [first] = values(`<R><P a="${escaped}">${escaped}</P></R>`, { part });
        expect(first).toEqual({ '@a': text, ...(text === '' ? {} : { '#text': text }) });
      }),
    );
    expect(xmlEscape('a\u0000b')).toBeNull();
    expect(xmlEscape('a\ud800b')).toBeNull();
  });

  it('says of every beginning of a document that it was cut off', () => {
    const bytes = Buffer.from(people);
    for (let length = 0; length < bytes.length; length += 1) {
      expect(errorOf(() => split(bytes.subarray(0, length))).code, `at ${length}`).toBe('cutOff');
    }
  });

  it.each([
    ['entities that grow', '<!DOCTYPE R [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><R><P>&b;</P></R>', 'doctype'],
    ['entities that fetch', '<!DOCTYPE R [<!ENTITY f SYSTEM "file:///etc/passwd">]><R><P>&f;</P></R>', 'doctype'],
    ['a web page', '<!DOCTYPE html><html><body>Sign in</body></html>', 'doctype'],
    ['an entity that nobody declared', '<R><P>&nbsp;</P></R>', 'malformed'],
    ['tags that do not match', '<R><P>Zoë</Q></R>', 'malformed'],
    ['a prefix that nobody declared', '<R><w:P/></R>', 'malformed'],
    ['the same attribute twice', '<R><P a="1" a="2"/></R>', 'malformed'],
    ['something behind the end', '<R/>junk', 'malformed'],
    ['a second document', '<R/><R/>', 'malformed'],
    ['JSON', '{"a":1}', 'malformed'],
    ['another encoding, declared', '<?xml version="1.0" encoding="ISO-8859-1"?><R/>', 'encoding'],
    ['another encoding, undeclared', Buffer.from('<R>Zo\xeb</R>', 'latin1'), 'encoding'],
    ['UTF-16', Buffer.from('\ufeff<R/>', 'utf16le'), 'encoding'],
  ])('refuses %s without repeating anything of it', (_, text, code) => {
    const error = errorOf(() => split(text));
    expect(error).toMatchObject({ code });
    expect(error.message).not.toMatch(/Zoë|passwd|aaaa|nbsp|Sign/);
    expect(error.line).toBe(1);
  });

  it.each<[string, Partial<XmlLimits>, string]>([
    ['depth', { maxDepth: 20 }, `<R>${'<P>'.repeat(30)}`],
    ['attributes', { maxAttributes: 5 }, `<R><P ${Array.from({ length: 9 }, (_, at) => `a${at}="1"`).join(' ')}/></R>`],
    ['elements', { maxElements: 9 }, `<R><P>${'<B/>'.repeat(20)}</P></R>`],
    ['text', { maxCharacters: 1000 }, `<R><P>${'<B>12345</B>'.repeat(300)}</P></R>`],
    ['text in one piece', { maxCharacters: 1000 }, `<R><P>${'x'.repeat(300_000)}`],
    ['a comment', { maxCharacters: 1000 }, `<R><!-- ${'x'.repeat(300_000)}`],
    ['a document type declaration', { maxCharacters: 1000 }, `<!DOCTYPE R [${' '.repeat(300_000)}`],
    ['a name', { maxCharacters: 1000 }, `<${'x'.repeat(300_000)}`],
    ['an attribute', { maxCharacters: 1000 }, `<R><P a="${'x'.repeat(300_000)}`],
    ['text that nobody asked for', { maxCharacters: 1000 }, `<R>${'x'.repeat(300_000)}`],
  ])('reads no more than its limits allow: %s', (_, limits, text) => {
    expect(errorOf(() => split(text, { limits }))).toMatchObject({ code: 'tooLarge' });
  });

  it('counts each wanted element by itself, and what is not wanted not at all', () => {
    const text = `<R>${'<P><B/><B/></P>'.repeat(50)}<Q>${'<B/>'.repeat(50)}</Q></R>`;
    expect(split(text, { limits: { maxElements: 3, maxCharacters: 10 } })).toHaveLength(50);
  });
});
