import type { SaxesAttributeNS, SaxesTagNS } from 'saxes';
import type { XmlObject, XmlValue } from './xml-value.js';

const XML_SCHEMA_INSTANCE = 'http://www.w3.org/2001/XMLSchema-instance';
const NAMESPACE_DECLARATION = 'http://www.w3.org/2000/xmlns/';

type Members = Record<string, string | XmlValue[]>;

interface Open {
  readonly name: string;
  readonly members: Members;
  hasMembers: boolean;
  isNil: boolean;
  text: string;
}

/**
 * Makes of an element the value that expressions see.
 *
 * - Names lose their namespace and prefix: which prefix stands for a namespace is the sender's choice of the day.
 * - An element without attributes and elements is its text, an empty one `""`. With `xsi:nil` it is null.
 * - Any other is an object: each child element by its name **as a list**, with one or with many, because how many there may
 *   be is in the source's schema, and a mapping that meets an object today and a list tomorrow breaks on that day;
 *   attributes as `@name`, text as `#text`. Text beside elements is left out when it is white space.
 * - Of attributes that differ in their namespace alone the one without a prefix has the name, else the first; the others
 *   keep their prefix: `@p:name`. `xsi:` attributes and declarations of namespaces are left out, as are comments and
 *   processing instructions; CDATA is text.
 *
 * Order is kept among elements of one name; between those of different names it is not.
 */
export class XmlValueBuilder {
  private readonly open: Open[] = [];
  /** So far, of the element that is being built. */
  elements = 0;
  characters = 0;

  get isBuilding(): boolean {
    return this.open.length > 0;
  }

  openTag({ local, attributes }: SaxesTagNS): void {
    // Without a prototype: "__proto__" is a name like any other.
    const element: Open = { name: local, members: newMembers(), hasMembers: false, isNil: false, text: '' };
    this.elements += 1;
    this.characters += local.length;
    const all = Object.values(attributes);
    for (const attribute of all.filter(({ prefix }) => prefix === '')) this.add(attribute, element);
    for (const attribute of all.filter(({ prefix }) => prefix !== '')) this.add(attribute, element);
    this.open.push(element);
  }

  text(text: string): void {
    const element = this.open.at(-1);
    if (element === undefined) return;
    this.characters += text.length;
    element.text += text;
  }

  /** The value of the outermost element when this closes it; else undefined. */
  closeTag(): XmlValue | undefined {
    const element = this.open.pop();
    if (element === undefined) return undefined;
    const value = valueOf(element);
    const parent = this.open.at(-1);
    if (parent === undefined) {
      this.elements = 0;
      this.characters = 0;
      return value;
    }
    const siblings = parent.members[element.name];
    parent.hasMembers = true;
    if (Array.isArray(siblings)) siblings.push(value);
    else parent.members[element.name] = [value];
    return undefined;
  }

  private add({ uri, local, name, value }: SaxesAttributeNS, element: Open): void {
    if (uri === NAMESPACE_DECLARATION) return;
    if (uri === XML_SCHEMA_INSTANCE) {
      if (local === 'nil' && /^(true|1)$/.test(value.trim())) element.isNil = true;
      return;
    }
    const key = `@${local}` in element.members ? `@${name}` : `@${local}`;
    element.members[key] = value;
    element.hasMembers = true;
    this.characters += key.length + value.length;
  }
}

function newMembers(): Members {
  return Object.create(null) as Members;
}

function valueOf({ members, hasMembers, isNil, text }: Open): XmlValue {
  const isBlank = text.trim() === '';
  if (!hasMembers) return isNil && isBlank ? null : text;
  const hasElements = Object.values(members).some((member) => typeof member !== 'string');
  if (text !== '' && !(hasElements && isBlank)) members['#text'] = text;
  return members satisfies XmlObject;
}
