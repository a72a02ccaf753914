import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { type ConnectorDefinition, ConnectorRegistry, WHOLENESS_EVIDENCE } from '#connector-sdk';
import { defineEndpoint, Endpoint, type InputOf } from '../../http/endpoint.js';
import { notFound } from '../../http/problem.errors.js';
import { connectorTraits, toTraits } from './connector-traits.js';

const connectorSummary = z
  .object({
    id: z.string().describe('An integration’s `connectorId`.'),
    title: z.string().describe('For people.'),
    description: z.string().describe('What it connects.'),
    capabilities: z
      .object({
        full: z.boolean().describe('It reads everybody.'),
        person: z.boolean().describe('It can read one person alone.'),
        delta: z.boolean().describe('It can read only who has changed since the last time.'),
        resume: z.boolean().describe('A fetch that broke off goes on where it was.'),
        wholeness: z
          .enum(WHOLENESS_EVIDENCE)
          .describe(
            'What shows that everybody was read: the source says how many (`declaredTotal`); the end of what there is was seen, in the way that `traits.wholeness` tells (`endMarker`); or nothing does.',
          ),
        push: z.boolean().describe('A provider pushes people to Muster by SCIM.'),
        reread: z
          .boolean()
          .describe(
            'It leaves out what an earlier sync has applied, and reads it again when a sync is asked to (`reread`).',
          ),
      })
      .describe('What it can do.'),
    traits: connectorTraits.describe('What it is like to use, to compare it with others.'),
  })
  .meta({ id: 'ConnectorSummary' });

const connectorView = connectorSummary
  .extend({
    config: z.record(z.string(), z.unknown()).describe('JSON Schema of an integration’s `config`.'),
    secrets: z.record(z.string(), z.unknown()).describe('JSON Schema of an integration’s `secrets`.'),
    sourceIdExpression: z.string().describe('Where a record holds the source’s own id of the person.'),
    defaultMapping: z
      .object({
        attributes: z
          .record(z.string(), z.string())
          .describe('Attribute to JMESPath expression over the record document.'),
        restricted: z.string().nullable().describe('JMESPath: whose access is restricted. Null: nobody’s.'),
        scope: z.string().nullable().describe('JMESPath: who is in scope. Null: everyone.'),
      })
      .describe('What a mapping is that is saved with `default: true`.'),
  })
  .meta({ id: 'Connector' });

const listConnectors = defineEndpoint({
  method: 'GET',
  path: '/v1/connectors',
  role: 'viewer',
  summary: 'The kinds of sources that can be connected',
  response: z.object({ items: z.array(connectorSummary), nextCursor: z.null() }),
});

const getConnector = defineEndpoint({
  method: 'GET',
  path: '/v1/connectors/{connector}',
  role: 'viewer',
  summary: 'One kind of source: its settings as JSON Schema, what it can do, its default mapping',
  response: connectorView,
});

@Controller()
export class ConnectorsController {
  constructor(private readonly connectors: ConnectorRegistry) {}

  @Endpoint(listConnectors)
  async list() {
    return { items: this.connectors.list().map(toSummary), nextCursor: null };
  }

  @Endpoint(getConnector)
  async read({ params }: InputOf<typeof getConnector>) {
    const connector = this.connectors.get(params.connector);
    if (connector === undefined) throw notFound();
    const { attributes, restricted = null, scope = null } = connector.defaultMapping;
    return {
      ...toSummary(connector),
      config: jsonSchema(connector.config),
      secrets: jsonSchema(connector.secrets),
      sourceIdExpression: connector.sourceIdExpression,
      defaultMapping: { attributes: { ...attributes }, restricted, scope },
    };
  }
}

function toSummary(connector: ConnectorDefinition): z.input<typeof connectorSummary> {
  const { id, title, description, capabilities } = connector;
  const { full, person, delta, resume, wholeness, push = false, reread = false } = capabilities;
  return {
    id,
    title,
    description,
    capabilities: { full, person, delta, resume, wholeness, push, reread },
    traits: toTraits(connector),
  };
}

function jsonSchema(schema: z.ZodType): Record<string, unknown> {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
}
