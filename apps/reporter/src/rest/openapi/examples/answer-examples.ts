import { attributeExamples } from './attributes.js';
import { connectorExamples } from './connectors.js';
import { healthExamples } from './health.js';
import { integrationExamples } from './integrations.js';
import { integrationRequestExamples } from './integration-requests.js';
import { mappingExamples } from './mappings.js';
import { noticeExamples } from './notices.js';
import { outcomeExamples } from './outcomes.js';
import { peopleExamples } from './people.js';
import { scimExamples } from './scim.js';
import type { SubjectExamples } from './subject-examples.js';
import { syncExamples } from './syncs.js';
import { tenantExamples } from './tenants.js';
import { textExamples } from './texts.js';
import { userExamples } from './users.js';

const subjects = [
  healthExamples,
  connectorExamples,
  tenantExamples,
  attributeExamples,
  integrationExamples,
  integrationRequestExamples,
  mappingExamples,
  scimExamples,
  syncExamples,
  noticeExamples,
  outcomeExamples,
  userExamples,
  peopleExamples,
  textExamples,
];

/** Examples of all that the API answers when all went well. */
export const answerExamples: SubjectExamples = {
  schemas: Object.assign({}, ...subjects.map(({ schemas }) => schemas)) as SubjectExamples['schemas'],
  answers: Object.assign({}, ...subjects.map(({ answers }) => answers)) as SubjectExamples['answers'],
};
