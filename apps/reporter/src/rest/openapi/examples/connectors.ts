import { story } from './story.js';
import type { SubjectExamples } from './subject-examples.js';

const summary = {
  id: story.connector,
  title: 'Acme HR',
  description: 'Acme’s in-house HR system: employees and contingent workers over its REST API, version 2.',
  capabilities: { full: true, person: true, delta: false, resume: true, wholeness: 'declaredTotal', push: false },
};

const dialect = 'https://json-schema.org/draft/2020-12/schema';

const connector = {
  ...summary,
  config: {
    $schema: dialect,
    type: 'object',
    properties: {
      baseUrl: { type: 'string', format: 'uri', description: 'Address of the HR system, without the path of its API' },
      clientId: { type: 'string', minLength: 1, description: 'Client id that the HR team registered for Muster' },
      pageSize: { type: 'integer', minimum: 1, maximum: 1000, default: 500, description: 'Workers per page' },
    },
    required: ['baseUrl', 'clientId'],
    additionalProperties: false,
  },
  secrets: {
    $schema: dialect,
    type: 'object',
    properties: {
      clientSecret: { type: 'string', minLength: 1, description: 'Client secret that belongs to the client id' },
      signingKey: { type: 'string', minLength: 1, description: 'Key for the signature of each request' },
    },
    required: ['clientSecret', 'signingKey'],
    additionalProperties: false,
  },
  sourceIdExpression: 'workerId',
  defaultMapping: {
    attributes: { fullName: 'legalName.display', email: 'contact.workEmail', employeeId: 'employeeNumber' },
    restricted: "access.restricted == 'Y'",
    scope: null,
  },
};

export const connectorExamples: SubjectExamples = {
  schemas: { ConnectorSummary: [summary], Connector: [connector] },
  answers: { 'GET /v1/connectors': { items: [summary], nextCursor: null } },
};
