import { RejectedRecordError } from './errors.js';
import type { TopicBodies, TopicName } from './messages.js';

/** A message as it travels: ids and numbers in headers, people only in the value. */
export interface EncodedMessage {
  key: string;
  headers: Record<string, string>;
  value: Uint8Array;
  /**
   * What `value` was made of, when it was made in this process: a consumer may take it instead of reading the value.
   * Nobody changes it any more. A bus may leave it out.
   */
  body?: unknown;
}

interface Codec<Body> {
  key(body: Body): string;
  encode(body: Body): { headers: Record<string, string>; value: Uint8Array };
  decode(headers: Record<string, string>, value: Uint8Array): Body;
}

const schemaVersion = '1';
const empty = new Uint8Array(0);
const utf8 = new TextDecoder('utf-8', { fatal: true });

function jsonValue(value: unknown): Uint8Array {
  return Buffer.from(JSON.stringify(value));
}

function parseObject(value: Uint8Array): Record<string, unknown> {
  const parsed: unknown = JSON.parse(utf8.decode(value));
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new TypeError('the body is not an object');
  }
  return parsed as Record<string, unknown>;
}

const pageFields = ['tenantId', 'integrationId', 'syncId'] as const;
const pageNumbers = ['page', 'firstSeq', 'records', 'claim'] as const;

function pageHeaders(body: object): Record<string, string> {
  const source = body as Record<string, unknown>;
  return Object.fromEntries([...pageFields, ...pageNumbers].map((field) => [field, String(source[field])]));
}

function readPageHeaders(headers: Record<string, string>): Record<string, unknown> {
  const reference: Record<string, unknown> = {};
  for (const field of pageFields) {
    const text = headers[field];
    if (text === undefined || text === '') throw new TypeError(`header ${field} is missing`);
    reference[field] = text;
  }
  for (const field of pageNumbers) {
    const number = Number(headers[field]);
    if (headers[field] === undefined || !Number.isSafeInteger(number)) {
      throw new TypeError(`header ${field} is not an integer`);
    }
    reference[field] = number;
  }
  return reference;
}

function requireShape(
  body: Record<string, unknown>,
  shape: Record<string, 'array' | 'string' | 'number' | 'object'>,
): void {
  for (const [field, kind] of Object.entries(shape)) {
    const value = body[field];
    const actual = Array.isArray(value) ? 'array' : typeof value;
    if (actual !== kind || value === null) throw new TypeError(`field ${field} is not of kind ${kind}`);
  }
}

/** Each topic's wire form. Headers hold ids and numbers, never a person. */
const codecs: { [Topic in TopicName]: Codec<TopicBodies[Topic]> } = {
  'sync-commands': {
    key: (body) => body.integrationId,
    encode: (body) => ({ headers: {}, value: jsonValue(body) }),
    decode: (_headers, value) => {
      const body = parseObject(value);
      requireShape(body, { role: 'string', tenantId: 'string', integrationId: 'string' });
      return body as unknown as TopicBodies['sync-commands'];
    },
  },
  'raw-records': {
    key: (body) => `${body.syncId}:${String(body.page)}`,
    encode: (body) => ({
      headers: { ...pageHeaders(body), by: body.body === null ? 'reference' : 'value' },
      value: body.body ?? empty,
    }),
    decode: (headers, value) => ({
      ...(readPageHeaders(headers) as unknown as TopicBodies['raw-records']),
      body: headers['by'] === 'reference' ? null : value,
    }),
  },
  'mapped-users': {
    key: (body) => `${body.syncId}:${String(body.page)}`,
    encode: (body) => ({
      headers: pageHeaders(body),
      value: jsonValue({ mapped: body.mapped, seen: body.seen }),
    }),
    decode: (headers, value) => {
      const body = parseObject(value);
      if (body['mapped'] !== null) requireShape(body, { mapped: 'array' });
      requireShape(body, { seen: 'object' });
      return { ...readPageHeaders(headers), ...body } as unknown as TopicBodies['mapped-users'];
    },
  },
  outcomes: {
    key: (body) => `${body.syncId}:${String(body.kind === 'planned' ? body.page : body.slice)}`,
    encode: (body) => ({ headers: { kind: body.kind, syncId: body.syncId }, value: jsonValue(body) }),
    decode: (_headers, value) => {
      const body = parseObject(value);
      requireShape(body, { kind: 'string', tenantId: 'string', syncId: 'string' });
      if (body['kind'] === 'planned') {
        requireShape(body, { page: 'number', rows: 'array', unchanged: 'object', facts: 'string' });
      } else if (body['kind'] === 'slice') {
        requireShape(body, { round: 'number', slice: 'number', applied: 'array', drifted: 'array' });
      } else {
        throw new TypeError('field kind is unknown');
      }
      return body as unknown as TopicBodies['outcomes'];
    },
  },
  'apply-slices': {
    key: (body) => `${body.syncId}:${String(body.slice)}`,
    encode: (body) => ({ headers: {}, value: jsonValue(body) }),
    decode: (_headers, value) => {
      const body = parseObject(value);
      requireShape(body, { tenantId: 'string', syncId: 'string', round: 'number', slice: 'number' });
      return body as unknown as TopicBodies['apply-slices'];
    },
  },
};

/** Puts a body into its topic's wire form. */
export function encodeMessage<Topic extends TopicName>(topic: Topic, body: TopicBodies[Topic]): EncodedMessage {
  const codec: Codec<TopicBodies[Topic]> = codecs[topic];
  const { headers, value } = codec.encode(body);
  return {
    key: codec.key(body),
    headers: { ...headers, schema: topic, version: schemaVersion },
    value,
    body,
  };
}

/**
 * Reads a message of a topic.
 *
 * @throws RejectedRecordError `undecodableMessage`: wrong schema, version or shape. The message is poison.
 */
export function decodeMessage<Topic extends TopicName>(
  topic: Topic,
  headers: Record<string, string>,
  value: Uint8Array,
): TopicBodies[Topic] {
  const codec: Codec<TopicBodies[Topic]> = codecs[topic];
  if (headers['schema'] !== topic || headers['version'] !== schemaVersion) {
    throw new RejectedRecordError('undecodableMessage', `message on ${topic} has another schema or version`, { topic });
  }
  try {
    return codec.decode(headers, value);
  } catch (cause) {
    const reason = cause instanceof TypeError ? cause.message : 'its value is not readable';
    throw new RejectedRecordError('undecodableMessage', `message on ${topic} cannot be read: ${reason}`, { topic });
  }
}
