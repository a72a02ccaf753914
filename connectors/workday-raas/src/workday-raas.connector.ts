import { defineConnector } from '#connector-sdk';
import { checkReport } from './check-report.js';
import { fetchReport } from './fetch-report.js';
import { workdayDefaultMapping } from './workday.mapping.js';
import { workdayConfig, workdaySecrets } from './workday.settings.js';
import { workdaySetup } from './workday.setup.js';

/** Workday, by a custom report that is enabled as a web service. */
export const workdayRaas = defineConnector({
  id: 'workday-raas',
  title: 'Workday (report as a service)',
  description: 'Workday, by a custom report of workers that is enabled as a web service.',
  capabilities: { full: true, person: true, delta: false, resume: false, wholeness: 'endMarker' },
  kind: 'outOfTheBox',
  setupEffort: {
    level: 'medium',
    text: 'A Workday administrator makes the report, enables it as a web service and allows a user or client to read it.',
  },
  traits: {
    wholeness:
      'The report is one JSON document, and counts as whole when its closing bracket and brace have come. One that breaks off before, or that has no rows, removes nobody.',
    personSync: 'One person can be read and synced alone where personReportUrl is set: a report that takes an id.',
  },
  // Workday publishes no figure and throttles by tenant: little enough to leave room for others.
  rateBudget: { requestsPerMinute: 600, burst: 20 },
  config: workdayConfig,
  secrets: workdaySecrets,
  decoder: 'json',
  sourceIdExpression: '"Employee_ID"',
  // A quoted identifier of JMESPath is written like a JSON string.
  sourceIdExpressionOf: ({ idKey }) => JSON.stringify(idKey),
  defaultMapping: workdayDefaultMapping,
  setup: workdaySetup,
  check: checkReport,
  fetch: fetchReport,
});
