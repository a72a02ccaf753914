import { defineConnector } from '#connector-sdk';
import { checkWorkers } from './check-workers.js';
import { fetchWorkers } from './fetch-workers.js';
import { workdaySoapDefaultMapping } from './workday-soap.mapping.js';
import { workdaySoapConfig, workdaySoapSecrets } from './workday-soap.settings.js';
import { workdaySoapSetup } from './workday-soap.setup.js';

/** Workday, by the operation Get_Workers of its web service Human_Resources. */
export const workdaySoap = defineConnector({
  id: 'workday-soap',
  title: 'Workday (SOAP)',
  description: 'Workday, by the operation Get_Workers of its SOAP web service Human_Resources.',
  capabilities: { full: true, person: true, delta: false, resume: true, wholeness: 'declaredTotal' },
  kind: 'outOfTheBox',
  setupEffort: {
    level: 'medium',
    text: 'A Workday administrator makes an integration user and lets it read workers by the web services.',
  },
  // Workday publishes no figure and throttles by tenant: little enough to leave room for others.
  rateBudget: { requestsPerMinute: 600, burst: 20 },
  config: workdaySoapConfig,
  secrets: workdaySoapSecrets,
  decoder: 'json',
  sourceIdExpression: sourceIdExpressionOf({ idType: 'WID' }),
  sourceIdExpressionOf,
  defaultMapping: workdaySoapDefaultMapping,
  setup: workdaySoapSetup,
  check: checkWorkers,
  fetch: fetchWorkers,
});

function sourceIdExpressionOf({ idType }: { idType: string }): string {
  return `"Worker_Reference"[0]."ID"[?"@type"=='${idType}'] | [0]."#text"`;
}
