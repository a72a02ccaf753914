import type { Id, IntegrationId, ScimResourceId, ScimTokenId, TenantId } from './ids.js';
import type { JsonObject, JsonValue } from './json.js';

export type ScimResourceName = 'User' | 'Group';

/** Whose resources: an integration's, of one tenant. */
export interface ScimScope {
  tenantId: TenantId;
  integrationId: IntegrationId;
}

/** What an identity provider pushed, as it is kept. */
export interface ScimResource {
  id: ScimResourceId;
  type: ScimResourceName;
  /** From 1, raised by each change. */
  version: number;
  /** As the provider wrote them, without what the server adds (`id`, `meta`, `groups`) and without a group's members. */
  attributes: JsonObject;
  createdAt: string;
  updatedAt: string;
  /** Set: the provider deleted it. It answers to nobody any more, and still tells the next sync that somebody has gone. */
  deletedAt: string | null;
  /** How often it has changed since the last sync that took it was applied; of a group, only as far as all its members hear of it. */
  pending: number;
}

/** A group's member: an element of `members`, whose `value` is the member's id. */
export type ScimMember = JsonObject & { value: string };

/** A group that somebody is a direct member of. */
export interface ScimGroupName {
  id: ScimResourceId;
  displayName: string;
}

/** What becomes of a group's members: first everybody is out (`clear`), then these are in or out. */
export interface ScimMemberChanges {
  clear: boolean;
  put: ReadonlyMap<string, ScimMember>;
  remove: ReadonlySet<string>;
}

/** A bearer token of an identity provider as stored: only its hash is kept. */
export interface ScimToken extends ScimScope {
  id: ScimTokenId;
  label: string;
  /** SHA-256 of the whole token, hex. */
  hash: string;
  createdAt: string;
  /** Null: never used. Exact to a minute. */
  lastUsedAt: string | null;
}

/** How many tokens an integration may have: the one in use, and the one that it is changed for. */
export const maxScimTokens = 2;

/** The form in which SCIM's texts are equal without regard to case (RFC 7643 §2.2). */
export function scimText(text: string): string {
  return text.normalize('NFC').toLowerCase();
}

/** What resources are looked up by. */
export type ScimKeyKind = 'userName' | 'externalId' | 'displayName' | 'email';

/** The key that a text is looked up under: `userName:ana@example.com`. External ids keep their case (RFC 7643 §3.1). */
export function scimKey(kind: ScimKeyKind, text: string): string {
  return `${kind}:${kind === 'externalId' ? text : scimText(text)}`;
}

/** The key that no two users of an integration share; null for groups. */
export function scimUniqueKey(type: ScimResourceName, { userName }: JsonObject): string | null {
  return type === 'User' && typeof userName === 'string' ? scimKey('userName', userName) : null;
}

/** Every key that a resource is found under, once each. */
export function scimKeys(type: ScimResourceName, attributes: JsonObject): string[] {
  const emails = Array.isArray(attributes['emails']) ? attributes['emails'].map(valueOf) : [];
  const found: [ScimKeyKind, JsonValue | undefined][] = [
    ['userName', type === 'User' ? attributes['userName'] : null],
    ['externalId', attributes['externalId']],
    ['displayName', attributes['displayName']],
    ...emails.map((email): [ScimKeyKind, JsonValue | undefined] => ['email', email]),
  ];
  return [...new Set(found.flatMap(([kind, text]) => (typeof text === 'string' ? [scimKey(kind, text)] : [])))];
}

/** Whether all members of a group are to hear of a change. */
export function renamesGroup(type: ScimResourceName, before: JsonObject, after: JsonObject): boolean {
  return type === 'Group' && before['displayName'] !== after['displayName'];
}

/** The name that a group has; a group always has one. */
export function scimGroupName(id: Id<'scimResource'>, { displayName }: JsonObject): ScimGroupName {
  return { id, displayName: typeof displayName === 'string' ? displayName : '' };
}

function valueOf(element: JsonValue): JsonValue | undefined {
  return typeof element === 'object' && element !== null && !Array.isArray(element) ? element['value'] : undefined;
}
