import { contentHash } from './hash.js';

declare const brand: unique symbol;

/** A string that is known to be the id of one kind of thing; opaque to everyone outside. */
export type Id<Kind extends string> = string & { readonly [brand]: Kind };

export type TenantId = Id<'tenant'>;
export type IntegrationId = Id<'integration'>;
export type SyncId = Id<'sync'>;
export type UserId = Id<'user'>;
export type ApiKeyId = Id<'apiKey'>;
export type IntegrationRequestId = Id<'integrationRequest'>;
export type NoticeId = Id<'notice'>;
export type WebhookId = Id<'webhook'>;
export type ScimResourceId = Id<'scimResource'>;
export type ScimTokenId = Id<'scimToken'>;

const prefixes = {
  tenant: 'ten',
  integration: 'int',
  sync: 'syn',
  user: 'usr',
  apiKey: 'key',
  integrationRequest: 'req',
  notice: 'ntc',
  webhook: 'whk',
  scimResource: 'scm',
  scimToken: 'sct',
} as const;

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

function randomText(length: number): string {
  const bytes = crypto.getRandomValues(new Uint8Array(length));
  let text = '';
  for (const byte of bytes) text += alphabet[byte & 31] ?? '';
  return text;
}

/** A new random id of the given kind: a three-letter prefix and 80 random bits in Crockford base 32. */
export function newId<Kind extends keyof typeof prefixes>(kind: Kind): Id<Kind> {
  return `${prefixes[kind]}_${randomText(16)}` as Id<Kind>;
}

/** The id that a kind of thing made of this seed has, always the same: 80 bits of SHA-256. */
export function derivedId<Kind extends keyof typeof prefixes>(kind: Kind, seed: string): Id<Kind> {
  const digest = contentHash(`${kind}:${seed}`);
  let text = '';
  for (let index = 0; index < 16; index += 1)
    text += alphabet[parseInt(digest.slice(index * 2, index * 2 + 2), 16) & 31] ?? '';
  return `${prefixes[kind]}_${text}` as Id<Kind>;
}

/**
 * The id of the user that a `created` outcome makes: the same however often the outcome is applied, so that a
 * redelivered slice finds what it already wrote. Sequences are per sync, hence unique.
 */
export function createdUserId(syncId: SyncId, seq: number): UserId {
  return `${prefixes.user}_${syncId.slice(prefixes.sync.length + 1)}${seq.toString(36).padStart(5, '0')}` as UserId;
}

/** The outcome that {@link createdUserId} made this id of; null when the user came about otherwise. */
export function createdBy(userId: UserId): { syncId: SyncId; seq: number } | null {
  const [, sync, seq] = /^usr_([0-9a-z]{16})([0-9a-z]{5,7})$/.exec(userId) ?? [];
  if (sync === undefined || seq === undefined) return null;
  return { syncId: `${prefixes.sync}_${sync}` as SyncId, seq: Number.parseInt(seq, 36) };
}

/** The id of an outcome in the API: unique by (sync, sequence). */
export function outcomeId(syncId: SyncId, seq: number): string {
  return `out_${syncId.slice(prefixes.sync.length + 1)}_${String(seq)}`;
}

/** Reads an id made by {@link outcomeId}; null when it is none. */
export function parseOutcomeId(id: string): { syncId: SyncId; seq: number } | null {
  const match = /^out_([0-9a-z]{16})_(0|[1-9][0-9]{0,9})$/.exec(id);
  const [, sync, seq] = match ?? [];
  if (sync === undefined || seq === undefined) return null;
  return { syncId: `${prefixes.sync}_${sync}` as SyncId, seq: Number(seq) };
}
