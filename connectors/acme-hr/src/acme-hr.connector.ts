import { defineConnector } from '#connector-sdk';
import { acmeHrDefaultMapping } from './acme-hr.mapping.js';
import { acmeHrConfig, acmeHrSecrets } from './acme-hr.settings.js';
import { acmeHrSetup } from './acme-hr.setup.js';
import { checkWorkers } from './check-workers.js';
import { fetchWorkers } from './fetch-workers.js';

/** Acme's in-house HR system, REST API version 2. */
export const acmeHr = defineConnector({
  id: 'acme-hr',
  title: 'Acme HR',
  description: "Acme's in-house HR system: employees and contingent workers over its REST API, version 2.",
  capabilities: { full: true, person: true, delta: false, resume: true, wholeness: 'declaredTotal' },
  kind: 'custom',
  setupEffort: {
    level: 'medium',
    text: 'The HR team registers a client for Muster and hands over its secret and its signing key.',
  },
  config: acmeHrConfig,
  secrets: acmeHrSecrets,
  decoder: 'json',
  sourceIdExpression: 'workerId',
  defaultMapping: acmeHrDefaultMapping,
  setup: acmeHrSetup,
  check: checkWorkers,
  fetch: fetchWorkers,
});
