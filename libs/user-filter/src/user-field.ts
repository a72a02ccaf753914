import {
  attributeOf,
  type AttributeDefinition,
  type AttributeType,
  type AttributeValue,
  type User,
  userRoles,
  userStatuses,
} from '#core';

/** How values of a field compare: an attribute's type, or one of those that only a user's own fields have. */
export type FieldType = AttributeType | 'instant' | 'id' | 'word';

/** What filters, sorting and reports can name of a user. */
export interface UserField {
  name: string;
  type: FieldType;
  /** For `word`: the only values there are. */
  words: readonly string[];
  read(user: User): AttributeValue;
}

/** The fields of one tenant's users, found by name without regard to case (RFC 7644 §3.4.2.2). */
export class UserFields {
  private readonly byName = new Map<string, UserField>();

  constructor(definitions: readonly AttributeDefinition[]) {
    for (const { name, type } of definitions) {
      this.add({ name, type, words: [], read: (user) => attributeOf(user, name) });
    }
    for (const field of ownFields) this.add(field);
  }

  find(name: string): UserField | null {
    return this.byName.get(name.toLowerCase()) ?? null;
  }

  /** The names that people may write, custom attributes as one: a tenant may have hundreds. */
  get known(): string {
    const names = [...this.byName.values()].map(({ name }) => name).filter((name) => !name.startsWith('custom.'));
    return `${names.join(', ')}, and custom.<name> as the tenant’s attributes have it`;
  }

  private add(field: UserField): void {
    this.byName.set(field.name.toLowerCase(), field);
  }
}

const ownFields: readonly UserField[] = [
  { name: 'id', type: 'id', words: [], read: ({ id }) => id },
  { name: 'status', type: 'word', words: userStatuses, read: ({ status }) => status },
  { name: 'role', type: 'word', words: userRoles, read: ({ role }) => role },
  { name: 'owner', type: 'id', words: [], read: ({ owner }) => owner },
  { name: 'createdAt', type: 'instant', words: [], read: ({ createdAt }) => createdAt },
  { name: 'updatedAt', type: 'instant', words: [], read: ({ updatedAt }) => updatedAt },
];
