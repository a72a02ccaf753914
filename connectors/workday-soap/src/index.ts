export { workdaySoap, workdaySoap as default } from './workday-soap.connector.js';
export type { WorkdaySoapConfig, WorkdaySoapSecrets } from './workday-soap.settings.js';
