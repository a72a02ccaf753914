import { SaxesParser, type SaxesTagNS } from 'saxes';
import { XmlError, type XmlErrorCode } from './xml.errors.js';
import { DEFAULT_XML_LIMITS, type XmlLimits } from './xml-limits.js';
import type { XmlValue } from './xml-value.js';
import { XmlValueBuilder } from './xml-value-builder.js';

export interface XmlSplitterOptions {
  /**
   * Which elements are wanted: the names from the root to them, without prefixes, e.g. `Envelope/Body/Fault`. What is
   * within one of them is part of it.
   */
  readonly take: readonly string[];
  readonly limits?: Partial<XmlLimits>;
}

/** An element that was asked for. */
export interface XmlElement {
  /** As in `take`. */
  readonly path: string;
  /** Of the element's own name; empty when it has none. */
  readonly namespace: string;
  readonly value: XmlValue;
}

/** So many characters at a time: at most that many are read beyond a limit before it is noticed. */
const SLICE = 64 * 1024;

/**
 * Takes XML 1.0 with namespaces apart as it arrives: gives the wanted elements one by one, holding no more than the one that
 * is being read. Nothing outside the document is ever looked up: a document type declaration is refused, and only the five
 * predefined entities and references to characters are known. UTF-8 only.
 */
export class XmlSplitter {
  private readonly parser = new SaxesParser({ xmlns: true, position: true });
  private readonly decoder = new TextDecoder('utf-8', { fatal: true });
  private readonly limits: XmlLimits;
  private readonly take: ReadonlySet<string>;
  private readonly builder = new XmlValueBuilder();
  private readonly path: string[] = [];
  private namespace = '';
  private attributes = 0;
  private written = 0;
  private lastEventAt = 0;
  private isOver = false;
  private found: XmlElement[] = [];

  constructor({ take, limits = {} }: XmlSplitterOptions) {
    this.take = new Set(take);
    this.limits = { ...DEFAULT_XML_LIMITS, ...limits };
    this.listen();
  }

  /** @throws XmlError for what no continuation could mend */
  push(bytes: Uint8Array): XmlElement[] {
    return this.read(this.decoded(bytes));
  }

  /** @throws XmlError `cutOff` when the document is not whole */
  end(): void {
    let rest: string;
    try {
      rest = this.decoder.decode();
    } catch {
      throw this.error('cutOff', 'The XML ends in the middle of a character');
    }
    this.read(rest);
    if (!this.isOver) {
      const where = this.path.length === 0 ? 'before its root element' : 'before its root element is closed';
      throw this.error('cutOff', `The XML ends ${where}`);
    }
    this.parser.close();
  }

  private decoded(bytes: Uint8Array): string {
    try {
      return this.decoder.decode(bytes, { stream: true });
    } catch {
      throw this.error('encoding', 'The XML has bytes that are not UTF-8');
    }
  }

  private read(text: string): XmlElement[] {
    for (let at = 0; at < text.length; at += SLICE) {
      const slice = text.slice(at, at + SLICE);
      this.parser.write(slice);
      this.written += slice.length;
      this.limit(this.written - this.lastEventAt, 'maxCharacters', 'a piece of text or markup');
    }
    const { found } = this;
    this.found = [];
    return found;
  }

  private listen(): void {
    const { parser } = this;
    parser.on('error', ({ message }) => {
      // What follows the colon is a name out of the document.
      const [reason = ''] = message.replace(/^[^ ]*\d+:\d+: /, '').split(':');
      throw this.error('malformed', `The XML is not well-formed: ${reason.replace(/\.$/, '')}`);
    });
    parser.on('xmldecl', ({ encoding = 'utf-8' }) => {
      if (!/^(utf-?8|us-ascii)$/i.test(encoding)) {
        throw this.error('encoding', 'The XML declares an encoding other than UTF-8');
      }
    });
    parser.on('doctype', () => {
      throw this.error('doctype', 'The XML has a document type declaration, which is refused');
    });
    parser.on('opentagstart', () => {
      this.heard();
      this.attributes = 0;
    });
    parser.on('attribute', () => {
      this.heard();
      this.attributes += 1;
      this.limit(this.attributes, 'maxAttributes', 'an element');
    });
    parser.on('opentag', (tag) => this.opened(tag));
    parser.on('closetag', () => this.closed());
    parser.on('text', (text) => this.text(text));
    parser.on('cdata', (text) => this.text(text));
    parser.on('comment', () => this.heard());
    parser.on('processinginstruction', () => this.heard());
  }

  private opened(tag: SaxesTagNS): void {
    this.heard();
    this.path.push(tag.local);
    this.limit(this.path.length, 'maxDepth', 'the document');
    if (!this.builder.isBuilding) {
      if (!this.take.has(this.path.join('/'))) return;
      this.namespace = tag.uri;
    }
    this.builder.openTag(tag);
    this.limit(this.builder.elements, 'maxElements', 'one element');
    this.limit(this.builder.characters, 'maxCharacters', 'one element');
  }

  private text(text: string): void {
    this.heard();
    this.builder.text(text);
    this.limit(this.builder.characters, 'maxCharacters', 'one element');
  }

  private closed(): void {
    this.heard();
    const value = this.builder.closeTag();
    if (value !== undefined) this.found.push({ path: this.path.join('/'), namespace: this.namespace, value });
    this.path.pop();
    if (this.path.length === 0) this.isOver = true;
  }

  private heard(): void {
    this.lastEventAt = this.parser.position;
  }

  private limit(count: number, name: keyof XmlLimits, where: string): void {
    const limit = this.limits[name];
    if (count <= limit) return;
    throw this.error('tooLarge', `The XML has more ${units[name]} in ${where} than the ${limit} that are read`);
  }

  private error(code: XmlErrorCode, message: string): XmlError {
    return new XmlError(code, message, this.parser.line, this.parser.columnIndex + 1);
  }
}

const units: Readonly<Record<keyof XmlLimits, string>> = {
  maxDepth: 'elements within each other',
  maxAttributes: 'attributes',
  maxElements: 'elements',
  maxCharacters: 'characters',
};
