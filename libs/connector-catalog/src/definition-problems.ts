import { z } from 'zod';
import { CONNECTOR_KINDS, KEY_PAIR_KINDS, SETUP_EFFORTS, WHOLENESS_EVIDENCE } from '#connector-sdk';

const text = z.string('must be text').refine((value) => value.trim() !== '', 'must not be blank');
const flag = z.boolean('must be true or false');
const callable = z.custom((value) => typeof value === 'function', 'must be a function');
const schema = z.custom(
  (value) => value instanceof z.ZodObject,
  'must be a z.object(…), with z of muster/connector-sdk',
);
const keyPairs = z.object(
  { kinds: z.array(z.enum(KEY_PAIR_KINDS)).min(1), list: callable, make: callable, drop: callable },
  'must be an object with kinds, list, make and drop',
);
const expressions = z.record(z.string(), text, 'must be an object of expressions by attribute');

const definition = z.object({
  id: z
    .string('must be text')
    .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'must be kebab-case: small letters, digits, hyphens'),
  title: text,
  description: text,
  capabilities: z.object(
    {
      full: z.literal(true, 'must be true'),
      person: flag,
      delta: flag,
      resume: flag,
      reread: flag.optional(),
      wholeness: z.enum(WHOLENESS_EVIDENCE, `must be one of ${WHOLENESS_EVIDENCE.join(', ')}`),
    },
    'must say what the connector can do',
  ),
  kind: z.enum(CONNECTOR_KINDS, `must be one of ${CONNECTOR_KINDS.join(', ')}`).optional(),
  setupEffort: z
    .object(
      { level: z.enum(SETUP_EFFORTS, `must be one of ${SETUP_EFFORTS.join(', ')}`), text },
      'must have a level and a text',
    )
    .optional(),
  traits: z
    .object({ wholeness: text.optional(), personSync: text.optional() }, 'must be an object of texts')
    .optional(),
  config: schema,
  secrets: schema,
  decoder: z.literal('json', 'must be "json"'),
  sourceIdExpression: text,
  sourceIdExpressionOf: callable.optional(),
  defaultMapping: z.object(
    { attributes: expressions, restricted: text.optional(), scope: text.optional() },
    'must be an object with attributes',
  ),
  setup: callable.optional(),
  keyPairs: keyPairs.optional(),
  inbox: callable.optional(),
  check: callable,
  fetch: callable,
  commit: callable.optional(),
});

/** What keeps a value from being a connector: a phrase each, which names the member; empty when it is one. */
export function definitionProblems(value: unknown): string[] {
  const parsed = definition.safeParse(value);
  const problems = (parsed.error?.issues ?? []).map(({ path, message }) => `${path.join('.')} ${message}`);
  if (problems.length > 0) return problems;
  const { config, secrets } = value as { config: z.ZodObject; secrets: z.ZodObject };
  const both = Object.keys(config.shape).filter((name) => name in secrets.shape);
  return [
    ...both.map((name) => `${name} is both in config and in secrets`),
    ...schemaProblems('config', config),
    ...schemaProblems('secrets', secrets),
  ];
}

/** The API shows settings as JSON Schema. */
function schemaProblems(name: string, of: z.ZodObject): string[] {
  try {
    z.toJSONSchema(of, { io: 'input', unrepresentable: 'any' });
    return [];
  } catch {
    return [`${name} cannot be shown as JSON Schema`];
  }
}
