import { story } from './story.js';
import type { SubjectExamples } from './subject-examples.js';

const summary = {
  id: story.connector,
  title: 'Acme HR',
  description: 'Acme’s in-house HR system: employees and contingent workers over its REST API, version 2.',
  capabilities: {
    full: true,
    person: true,
    delta: false,
    resume: true,
    wholeness: 'declaredTotal',
    push: false,
    reread: false,
  },
  traits: {
    kind: 'custom',
    settings: [
      {
        name: 'baseUrl',
        secret: false,
        required: true,
        description: 'Address of the HR system, without the path of its API',
      },
      {
        name: 'clientId',
        secret: false,
        required: true,
        description: 'Client id that the HR team registered for Muster',
      },
      { name: 'pageSize', secret: false, required: false, description: 'Workers per page' },
      {
        name: 'clientSecret',
        secret: true,
        required: true,
        description: 'Client secret that belongs to the client id',
      },
      { name: 'signingKey', secret: true, required: true, description: 'Key for the signature of each request' },
    ],
    setupEffort: {
      level: 'medium',
      text: 'The HR team registers a client for Muster and hands over its secret and its signing key.',
    },
    mapping: {
      attributes: ['fullName', 'email', 'employeeId'],
      text: 'An admin starts from a default mapping and changes every expression at will; each can be tried on real records before it counts.',
    },
    restrictedRole: {
      inDefaultMapping: true,
      text: 'The default mapping has an expression for it, which an admin may change.',
    },
    personSync: { supported: true, text: 'One person can be read and synced alone.' },
    rateBudget: {
      requestsPerMinute: 12_000,
      burst: 200,
      text: 'No more than 12000 requests in a minute, 200 at once, by all that ask the source together; an admin sets another budget.',
    },
    wholeness: {
      evidence: 'declaredTotal',
      text: 'The source says how many people there are, at the start and at the end, and as many were read.',
    },
  },
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
