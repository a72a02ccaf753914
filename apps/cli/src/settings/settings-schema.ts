import { z } from 'zod';
import {
  attributeTypes,
  customAttributeName,
  defaultSafeguardLimits,
  identities,
  precedences,
  rateBudgetBounds,
  rateBudgetProblem,
  type SafeguardLimits,
  scheduleHours,
  standardAttributes,
  standings,
  syncModes,
  usualBurst,
} from '#core';

/** An object that names what it knows when it is given something else. */
function fields<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.strictObject(shape, {
    error: ({ code }) =>
      code === 'unrecognized_keys'
        ? `It is not known here: correct its name or take it out. Known are ${Object.keys(shape).join(', ')}.`
        : undefined,
  });
}

const line = z.string().trim().min(1).max(200);

const attributeName = z
  .string()
  .refine(
    (name) => customAttributeName.test(name) || standardAttributes.some((standard) => standard.name === name),
    'It is no standard attribute. An own one is called custom.<name>: a letter, then up to 63 letters, digits or underscores.',
  );

const attribute = fields({
  label: line.optional(),
  type: z.enum(attributeTypes).optional(),
  required: z.boolean().optional(),
  whenBlank: z.enum(['clear', 'keep']).optional(),
  excludeFromCsvExport: z.boolean().optional(),
});

const schedule = fields({
  mode: z.enum(syncModes),
  every: z.literal(scheduleHours).optional(),
  cron: line.optional(),
  timeZone: line.optional(),
}).superRefine(({ every, cron, timeZone }, context) => {
  if ((every === undefined) === (cron === undefined)) {
    context.addIssue({ code: 'custom', message: 'Give exactly one of every and cron.' });
  } else if (cron === undefined && timeZone !== undefined) {
    const message = 'A time zone goes with cron: every is counted in UTC.';
    context.addIssue({ code: 'custom', path: ['timeZone'], message });
  }
});

const safeguardRules = Object.keys(defaultSafeguardLimits) as (keyof SafeguardLimits)[];
const share = z.number().min(0).max(1);
const safeguards = fields(
  Object.fromEntries(safeguardRules.map((rule) => [rule, share.optional()])) as Record<
    keyof SafeguardLimits,
    z.ZodOptional<typeof share>
  >,
);

const { requestsPerMinute, burst } = rateBudgetBounds;
const rateBudget = fields({
  requestsPerMinute: z.int().min(requestsPerMinute.min).max(requestsPerMinute.max),
  burst: z.int().min(burst.min).max(burst.max).optional(),
})
  .transform((given) => ({ ...given, burst: given.burst ?? usualBurst(given.requestsPerMinute) }))
  .superRefine((budget, context) => {
    const message = rateBudgetProblem(budget);
    if (message !== null) context.addIssue({ code: 'custom', path: ['burst'], message });
  });

const secretMessage = 'A secret is not written here: name a variable of the environment, as {fromEnv: NAME}.';
const secret = z.strictObject(
  { fromEnv: z.string(secretMessage).regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'The name of a variable is expected.') },
  secretMessage,
);

const mapping = fields({
  identity: z.enum(identities).default('connector'),
  attributes: z.record(z.string(), z.string()),
  scope: z.string().nullable().default(null),
  restricted: fields({ expression: z.string(), onMissing: z.enum(['keep', 'restricted', 'regular']) })
    .nullable()
    .default(null),
});

const integrationName = z
  .string()
  .regex(/^\S(.{0,198}\S)?$/u, 'A name is one line of up to 200 characters, without blanks around it.');

const integration = fields({
  connectorId: line.optional(),
  enabled: z.boolean().optional(),
  precedence: z.enum(precedences).optional(),
  standing: z.enum(standings).optional(),
  onLeavingScope: z.enum(['deprovision', 'keep']).optional(),
  config: z.record(z.string(), z.json()).optional(),
  secrets: z.record(z.string(), secret).optional(),
  safeguards: safeguards.optional(),
  contacts: z.array(z.string()).optional(),
  rateBudget: rateBudget.nullable().optional(),
  schedule: schedule.nullable().optional(),
  mapping: mapping.optional(),
});

/**
 * The settings of one tenant as a file has them. What is left out stays as it is; names are those of the API, and
 * attributes and integrations are known by theirs.
 */
export const settingsSchema = fields({
  tenant: fields({
    name: line.optional(),
    timeZone: line.optional(),
    deprovisioningDelayDays: z.int().min(0).optional(),
    contacts: z.array(z.string()).optional(),
  }).optional(),
  attributes: z.record(attributeName, attribute).optional(),
  integrations: z.record(integrationName, integration).optional(),
});

export type TenantSettings = z.output<typeof settingsSchema>;
export type AttributeSettings = z.output<typeof attribute>;
export type IntegrationSettings = z.output<typeof integration>;
export type MappingSettings = z.output<typeof mapping>;
