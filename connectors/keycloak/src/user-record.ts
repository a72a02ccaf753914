import type { JsonValue, RawRecord } from '#connector-sdk';
import type { Representation } from './keycloak-api.js';

/** What a representation says of the realm and of who asks, the same for everybody. */
const NOT_OF_THE_PERSON = new Set(['userProfileMetadata', 'access']);

/**
 * A user as Keycloak sends them, without `userProfileMetadata` (the realm's own description of its attributes, some 1.4 kB
 * in every user) and `access`. Values of an attribute have no order at the server, so names and values are sorted.
 *
 * @param groups sorted paths, put under `@groups`; null leaves them out
 */
export function userRecord(user: Representation, groups: readonly string[] | null): RawRecord {
  const document: Record<string, JsonValue> = {};
  for (const [key, value] of Object.entries(user)) {
    if (!NOT_OF_THE_PERSON.has(key)) document[key] = key === 'attributes' ? sorted(value) : value;
  }
  if (groups !== null) document['@groups'] = [...groups];
  const { id } = user;
  return {
    sourceId: typeof id === 'string' && id !== '' ? id : null,
    bytes: Buffer.from(JSON.stringify(document), 'utf8'),
  };
}

function sorted(attributes: JsonValue): JsonValue {
  if (typeof attributes !== 'object' || attributes === null || Array.isArray(attributes)) return attributes;
  const names = Object.keys(attributes).sort();
  return Object.fromEntries(
    names.map((name) => {
      const values = attributes[name] ?? null;
      return [name, Array.isArray(values) ? [...values].sort() : values];
    }),
  );
}
