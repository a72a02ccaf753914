import { type JsonValue, type RawRecord, SourceFatalError } from '#connector-sdk';
import { accountDisabled, ACCOUNT_ATTRIBUTES } from './account-disabled.js';
import { binaryTextOf } from './binary-text.js';
import { idAttributeOf, type LdapConfig } from './ldap.settings.js';
import type { DirectoryEntry } from './read-message.js';

/** What a person's entry says, before the manager's id is known. */
export interface Person {
  readonly id: string | null;
  readonly dn: string;
  readonly disabled: boolean | null;
  readonly managerDn: string | null;
  readonly attributes: ReadonlyMap<string, readonly string[]>;
}

/**
 * Makes records of entries: `{"@id", "@dn", "@disabled", "@managerId", mail: ["…"], …}`.
 *
 * Every attribute is a list, one value or many: how many values an attribute may have is in the server's schema, and a
 * record whose `mail` is text until somebody has two addresses would break its mapping on that day. Values are sorted,
 * because a server may give them in another order each time (RFC 4511 §4.1.7). Names are spelled as in the settings.
 */
export class PersonRecords {
  /** What to ask the server for. */
  readonly attributes: readonly string[];
  /** Attributes of which a value was left out for being no text. */
  readonly leftOut = new Set<string>();
  private readonly idAttribute: string;
  private readonly managerAttribute: string | null;
  private readonly spellings: ReadonlyMap<string, string>;
  private readonly binary: ReadonlySet<string>;

  constructor(config: LdapConfig) {
    this.idAttribute = idAttributeOf(config).toLowerCase();
    this.managerAttribute = config.managerAttribute?.toLowerCase() ?? null;
    this.binary = new Set(config.binaryAttributes.map((name) => name.toLowerCase()));
    const asked = [
      idAttributeOf(config),
      ...config.attributes,
      ...config.binaryAttributes,
      ...(config.managerAttribute === null ? [] : [config.managerAttribute]),
      ...ACCOUNT_ATTRIBUTES,
    ];
    const spellings = new Map<string, string>();
    for (const name of asked) if (!spellings.has(name.toLowerCase())) spellings.set(name.toLowerCase(), name);
    this.spellings = spellings;
    this.attributes = [...spellings.values()];
  }

  /** @throws SourceFatalError `valuesInParts` */
  read({ dn, attributes }: DirectoryEntry): Person {
    const found = new Map<string, readonly string[]>();
    for (const { name, values } of attributes) {
      if (/;range=/i.test(name)) throw inParts(name);
      const texts = this.textsOf(name, values);
      if (texts.length > 0) found.set(name.toLowerCase(), texts);
    }
    // Of two values nobody knows which is the id.
    const ids = found.get(this.idAttribute) ?? [];
    const managers = this.managerAttribute === null ? [] : (found.get(this.managerAttribute) ?? []);
    return {
      id: ids.length === 1 ? (ids[0] ?? null) : null,
      dn,
      disabled: accountDisabled(found),
      managerDn: managers[0] ?? null,
      attributes: found,
    };
  }

  /** The attributes that somebody of these has, as their records name them. */
  namesIn(people: readonly Person[]): string[] {
    const keys = new Set(people.flatMap(({ attributes }) => [...attributes.keys()]));
    return [...keys].map((key) => this.spellings.get(key) ?? key).sort();
  }

  /** `managerId`: null when there is no manager, or none that the directory shows. */
  record({ id, dn, disabled, attributes }: Person, managerId: string | null): RawRecord {
    const document: Record<string, JsonValue> = {
      '@id': id,
      '@dn': dn,
      '@disabled': disabled,
      '@managerId': managerId,
    };
    for (const [key, spelling] of this.spellings) {
      const values = attributes.get(key);
      if (values !== undefined) document[spelling] = [...values];
    }
    // Subtypes that come along unasked, such as cn;lang-fr of cn.
    for (const key of [...attributes.keys()].filter((name) => !this.spellings.has(name)).sort()) {
      document[key] = [...(attributes.get(key) ?? [])];
    }
    return { sourceId: id, bytes: Buffer.from(JSON.stringify(document)) };
  }

  private textsOf(name: string, values: readonly Buffer[]): string[] {
    const [base = name] = name.split(';');
    const isBinary = this.binary.has(name.toLowerCase()) || this.binary.has(base.toLowerCase());
    const toText = isBinary ? base64 : (binaryTextOf(base) ?? utf8);
    const texts = values.map((value) => toText(value));
    if (texts.includes(null)) this.leftOut.add(this.spellings.get(name.toLowerCase()) ?? name);
    return texts.filter((text) => text !== null).sort();
  }
}

function base64(bytes: Buffer): string {
  return bytes.toString('base64');
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function utf8(bytes: Buffer): string | null {
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
}

/** Active Directory sends an attribute of more than 1,500 values in parts, and only the first by itself. */
function inParts(name: string): SourceFatalError {
  const [attribute = name] = name.split(';');
  return new SourceFatalError({
    code: 'valuesInParts',
    message: `The server sends only a part of the values of ${attribute}, because somebody has so many. Take it out of attributes.`,
    fields: { attribute },
  });
}
