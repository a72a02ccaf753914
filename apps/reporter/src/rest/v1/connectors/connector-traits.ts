import { z } from 'zod';
import {
  CONNECTOR_KINDS,
  type ConnectorDefinition,
  connectorKind,
  SETUP_EFFORTS,
  setupEffort,
  WHOLENESS_EVIDENCE,
} from '#connector-sdk';
import { defaultRateBudget } from '#core';

const plainText = z.string().describe('In plain words.');

/** One row of what connectors are compared by. */
export const connectorTraits = z
  .object({
    kind: z
      .enum(CONNECTOR_KINDS)
      .describe('`custom` ones are written for one company: an operator alone makes and changes their connections.'),
    settings: z
      .array(
        z.object({
          name: z.string().describe('As in `config` or `secrets`.'),
          secret: z.boolean().describe('True: stored encrypted, never shown again.'),
          required: z.boolean().describe('False: it has a default, or may be left out.'),
          description: z.string().describe('What it is.'),
        }),
      )
      .describe('What can be set without a line of code.'),
    setupEffort: z
      .object({
        level: z
          .enum(SETUP_EFFORTS)
          .describe(
            '`low`: minutes, with the credentials at hand; `medium`: something is to be done at the source; `high`: people agree on it first.',
          ),
        text: plainText,
      })
      .describe('What it takes until the first person is read.'),
    mapping: z
      .object({
        attributes: z.array(z.string()).describe('Attributes that the default mapping fills.'),
        text: plainText,
      })
      .describe('How records become users.'),
    restrictedRole: z
      .object({ inDefaultMapping: z.boolean().describe('The default mapping decides it already.'), text: plainText })
      .describe('How people get the restricted role.'),
    personSync: z
      .object({ supported: z.boolean().describe('A sync can be asked for one person.'), text: plainText })
      .describe('Whether one person can be synced alone.'),
    rateBudget: z
      .object({
        requestsPerMinute: z.int().nullable().describe('Null: it sends no HTTP requests.'),
        burst: z.int().nullable().describe('So many of them at once.'),
        text: plainText,
      })
      .describe('How often a source is asked, unless its integration says otherwise.'),
    wholeness: z
      .object({ evidence: z.enum(WHOLENESS_EVIDENCE).describe('As in `capabilities`.'), text: plainText })
      .describe('How it is proven that everybody was read. Without proof nobody is removed.'),
  })
  .meta({ id: 'ConnectorTraits' });

const wholenessTexts: Record<(typeof WHOLENESS_EVIDENCE)[number], string> = {
  declaredTotal: 'The source says how many people there are, at the start and at the end, and as many were read.',
  endMarker: 'The source marks the end of what it sends; what is cut off before it removes nobody.',
  none: 'Nothing proves it: who is missing is never taken as gone.',
};

/** What the connector’s declaration shows, and what it says of itself. */
export function toTraits(connector: ConnectorDefinition): z.input<typeof connectorTraits> {
  const { capabilities, config, secrets, defaultMapping, traits = {} } = connector;
  const attributes = Object.keys(defaultMapping.attributes);
  const decidesRole = defaultMapping.restricted !== undefined;
  return {
    kind: connectorKind(connector),
    settings: [...settingsOf(config, false), ...settingsOf(secrets, true)],
    setupEffort: { ...setupEffort(connector) },
    mapping: {
      attributes,
      text:
        attributes.length === 0
          ? 'An admin writes the expressions; each can be tried on real records before it counts.'
          : 'An admin starts from a default mapping and changes every expression at will; each can be tried on real records before it counts.',
    },
    restrictedRole: {
      inDefaultMapping: decidesRole,
      text: decidesRole
        ? 'The default mapping has an expression for it, which an admin may change.'
        : 'An admin adds an expression to the mapping; until then the role is left as it is.',
    },
    personSync: {
      supported: capabilities.person,
      text: capabilities.person
        ? (traits.personSync ?? 'One person can be read and synced alone.')
        : 'Everybody is read; one person cannot be asked for alone.',
    },
    rateBudget: rateBudgetOf(connector),
    wholeness: { evidence: capabilities.wholeness, text: traits.wholeness ?? wholenessTexts[capabilities.wholeness] },
  };
}

function rateBudgetOf({ rateBudget = defaultRateBudget }: ConnectorDefinition) {
  if (rateBudget === null) {
    return {
      requestsPerMinute: null,
      burst: null,
      text: 'It sends no HTTP requests; few connections are open at a time.',
    };
  }
  const { requestsPerMinute, burst } = rateBudget;
  const text = `No more than ${String(requestsPerMinute)} requests in a minute, ${String(burst)} at once, by all that ask the source together; an admin sets another budget.`;
  return { requestsPerMinute, burst, text };
}

function settingsOf(schema: z.ZodObject, secret: boolean) {
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return Object.entries(properties).map(([name, property]) => ({
    name,
    secret,
    required: required.includes(name),
    description: (typeof property === 'object' ? property.description : undefined) ?? '',
  }));
}
