import { z } from 'zod';
import { CHECK_STEPS, FETCH_EXTENTS, type JsonValue } from '#connector-sdk';
import { maxRestMs } from '#core';
import { type ToldError, toldErrorSchema } from './told-error.js';

/** What a connector may say at once, in characters; longer texts are cut in the child. */
export const maxTextLength = 4_000;
/** A cursor is stored with every page, a state once. In characters of its JSON. */
export const maxCursorLength = 64 * 1024;
export const maxStateLength = 1024 * 1024;
/** What a fetch may say was applied before; more names are left out, longer ones cut, in the child. */
export const maxNames = 100;
export const maxNameLength = 1_000;

const count = z.int().min(0);
const text = z.string().max(maxTextLength);
const hostName = z.string().max(1000);
const timeoutMs = z.number().min(1).max(3_600_000);
const secretName = z.string().max(200);
const secretValue = z.string().max(64 * 1024);
const inboxPath = z.string().max(4_096);
const details = z.record(z.string().max(200), z.json());

const byStatus = z.record(z.string().regex(/^([1-9]\d\d|network)$/), count);

const statisticsSchema = z.strictObject({
  requests: count,
  retries: count,
  retriesByStatus: byStatus,
  byStatus,
});

const inboxEntry = z.strictObject({
  name: inboxPath,
  kind: z.enum(['file', 'folder', 'other']),
  size: count,
  modified: z.number(),
});

/** What a child asks for; each is answered once. */
export const questionSchema = z.discriminatedUnion('what', [
  z.strictObject({ what: z.literal('locate'), host: hostName, timeoutMs }),
  z.strictObject({ what: z.literal('connect'), host: hostName, port: z.int().min(0).max(65_535), timeoutMs }),
  z.strictObject({ what: z.literal('takeRequest') }),
  z.strictObject({ what: z.literal('readSecret'), name: secretName }),
  z.strictObject({ what: z.literal('replaceSecret'), name: secretName, from: secretValue, to: secretValue }),
  z.strictObject({ what: z.literal('inboxList'), folder: inboxPath }),
  z.strictObject({ what: z.literal('inboxLook'), path: inboxPath }),
  z.strictObject({ what: z.literal('inboxRead'), path: inboxPath, seen: inboxEntry }),
  z.strictObject({ what: z.literal('inboxMakeFolder'), path: inboxPath }),
  z.strictObject({ what: z.literal('inboxMove'), from: inboxPath, to: inboxPath }),
]);
export type Question = z.output<typeof questionSchema>;

/** Everything that a child says, other than records. Untrusted. */
export const childMessageSchema = z.discriminatedUnion('type', [
  /** The child is there and may be given a call. */
  z.strictObject({ type: z.literal('ready') }),
  z.strictObject({ type: z.literal('pong') }),
  z.strictObject({ type: z.literal('ask'), id: count, question: questionSchema }),
  /** The answer is not waited for any more. */
  z.strictObject({ type: z.literal('forget'), id: count }),
  /** The connection that is the answer has come. */
  z.strictObject({ type: z.literal('held'), id: count }),
  z.strictObject({ type: z.literal('progress') }),
  /** How many requests are under way whose answer must not be lost. */
  z.strictObject({ type: z.literal('mustFinish'), requests: count }),
  /** The source wants to be left alone. */
  z.strictObject({
    type: z.literal('rest'),
    status: z.int().min(100).max(599),
    ms: z.number().min(0).max(maxRestMs),
  }),
  z.strictObject({ type: z.literal('statistics'), statistics: statisticsSchema }),
  z.strictObject({
    type: z.literal('log'),
    code: z.string().max(100),
    message: text,
    fields: z.record(z.string().max(100), z.union([text, z.number(), z.boolean()])),
  }),
  z.strictObject({
    type: z.literal('step'),
    step: z.strictObject({ step: z.enum(CHECK_STEPS), ok: z.boolean(), message: text, details: details.optional() }),
  }),
  z.strictObject({
    type: z.literal('end'),
    /** Null: of a check or a commit. */
    end: z
      .strictObject({
        extent: z.enum(FETCH_EXTENTS),
        lastPageSeen: z.boolean(),
        note: text.optional(),
        state: z.json().optional(),
        alreadyApplied: z.array(z.string().max(maxNameLength)).max(maxNames).optional(),
      })
      .nullable(),
  }),
  z.strictObject({ type: z.literal('failed'), error: toldErrorSchema }),
  /** Something was thrown that nobody waits for: the child ends. */
  z.strictObject({ type: z.literal('crashed'), error: toldErrorSchema }),
]);
export type ChildMessage = z.output<typeof childMessageSchema>;

/** What the child is to do; secrets travel here, over a pipe, and nowhere else. */
export interface CallMessage {
  readonly type: 'call';
  readonly what: 'fetch' | 'check' | 'commit';
  readonly moduleUrl: string;
  readonly config: unknown;
  readonly secrets: unknown;
  readonly state: JsonValue | null;
  readonly cursor: JsonValue | null;
  readonly person: string | null;
  readonly mappingVersion: number | null;
  readonly reread: boolean;
  readonly hasInbox: boolean;
  readonly hasBudget: boolean;
  /** As `Dialler.trusted`. */
  readonly trusted: readonly string[] | null;
}

export type Answer = { readonly value: unknown } | { readonly error: ToldError };

/** Everything that the parent says. */
export type ParentMessage =
  | CallMessage
  /** To `connect` and `inboxRead` a socket comes along. */
  | { readonly type: 'answer'; readonly id: number; readonly answer: Answer }
  /** So many bytes of part frames have been taken in since the last such message. */
  | { readonly type: 'taken'; readonly bytes: number }
  | { readonly type: 'abort' }
  | { readonly type: 'ping' };
