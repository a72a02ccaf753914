import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { type Connector, ConnectorRegistry, WHOLENESS_EVIDENCE } from '#connector-sdk';
import { defineEndpoint, Endpoint, type InputOf } from '../../http/endpoint.js';
import { notFound } from '../../http/problem.errors.js';

const connectorSummary = z
  .object({
    id: z.string(),
    title: z.string(),
    description: z.string(),
    capabilities: z.object({
      full: z.boolean(),
      person: z.boolean(),
      delta: z.boolean(),
      resume: z.boolean(),
      wholeness: z.enum(WHOLENESS_EVIDENCE),
    }),
  })
  .meta({ id: 'ConnectorSummary' });

const connectorView = connectorSummary
  .extend({
    config: z.record(z.string(), z.unknown()).describe('JSON Schema of an integration’s `config`.'),
    secrets: z.record(z.string(), z.unknown()).describe('JSON Schema of an integration’s `secrets`.'),
    sourceIdExpression: z.string().describe('Where a record holds the source’s own id of the person.'),
    defaultMapping: z.object({
      attributes: z.record(z.string(), z.string()),
      restricted: z.string().nullable(),
      scope: z.string().nullable(),
    }),
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

function toSummary({ id, title, description, capabilities }: Connector): z.input<typeof connectorSummary> {
  const { full, person, delta, resume, wholeness } = capabilities;
  return { id, title, description, capabilities: { full, person, delta, resume, wholeness } };
}

function jsonSchema(schema: z.ZodType): Record<string, unknown> {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
}
