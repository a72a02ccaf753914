import { z } from 'zod';
import {
  SourceConfigurationError,
  SourceCredentialsError,
  SourceError,
  type SourceErrorFields,
  SourceFatalError,
  SourceRetriableError,
} from '#connector-sdk';

const maxMessage = 4_000;
const maxStack = 16_000;
const maxFields = 50;

const classes = {
  retriable: SourceRetriableError,
  credentials: SourceCredentialsError,
  configuration: SourceConfigurationError,
  fatal: SourceFatalError,
} as const;

const fieldsSchema = z
  .record(z.string().max(100), z.union([z.string().max(1000), z.number(), z.boolean()]))
  .refine((fields) => Object.keys(fields).length <= maxFields);

/** An error on its way from one process to the other. */
export const toldErrorSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('source'),
    recovery: z.enum(['retriable', 'credentials', 'configuration', 'fatal']),
    code: z.string().regex(/^[A-Za-z][A-Za-z0-9]{0,63}$/),
    message: z.string().max(maxMessage),
    fields: fieldsSchema,
  }),
  z.strictObject({
    kind: z.literal('unknown'),
    name: z.string().regex(/^[A-Za-z][A-Za-z0-9]{0,63}$/),
    /** Kept for the places in the stack that stand behind it; shown to nobody. */
    message: z.string().max(maxMessage),
    stack: z.string().max(maxStack),
    code: z.string().max(64).optional(),
  }),
]);
export type ToldError = z.output<typeof toldErrorSchema>;

/** Whatever was thrown. Never throws itself, whatever that is. */
export function tellError(thrown: unknown): ToldError {
  try {
    return tell(thrown);
  } catch {
    return { kind: 'unknown', name: 'Unknown', message: '', stack: '' };
  }
}

function tell(thrown: unknown): ToldError {
  if (thrown instanceof SourceError) {
    const { recovery, message, fields } = thrown;
    const code = identifier(thrown.code) ?? 'unnamed';
    return {
      kind: 'source',
      recovery,
      code,
      message: String(message).slice(0, maxMessage),
      fields: boundedFields(fields),
    };
  }
  if (!(thrown instanceof Error)) {
    return { kind: 'unknown', name: thrown === null ? 'null' : typeof thrown, message: '', stack: '' };
  }
  const { name, message, stack, code } = thrown as Error & { code?: unknown };
  // Cut, the message would not be found in the stack, whose lines behind it may be shown.
  const isShort = typeof message === 'string' && message.length <= maxMessage;
  return {
    kind: 'unknown',
    name: identifier(name) ?? 'Error',
    message: isShort ? message : '',
    stack: isShort && typeof stack === 'string' ? stack.slice(0, maxStack) : '',
    ...(typeof code === 'string' ? { code: code.slice(0, 64) } : {}),
  };
}

/** An error that says what the told one said, of the same class where that is one of the SDK's. */
export function toldAs(told: ToldError): Error {
  if (told.kind === 'source') return new classes[told.recovery](told);
  const { name, message, stack, code } = told;
  return Object.assign(new Error(message), { name, stack, ...(code === undefined ? {} : { code }) });
}

function identifier(text: unknown): string | null {
  return typeof text === 'string' && /^[A-Za-z][A-Za-z0-9]{0,63}$/.test(text) ? text : null;
}

function boundedFields(fields: SourceErrorFields): SourceErrorFields {
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([name, value]) => name.length <= 100 && ['string', 'number', 'boolean'].includes(typeof value))
      .slice(0, maxFields)
      .map(([name, value]) => [name, typeof value === 'string' ? value.slice(0, 1000) : finite(value)]),
  );
}

function finite(value: number | boolean): number | boolean {
  return typeof value === 'number' && !Number.isFinite(value) ? 0 : value;
}
