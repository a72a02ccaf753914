export { workdayRaas, workdayRaas as default } from './workday-raas.connector.js';
export type { WorkdayConfig, WorkdaySecrets } from './workday.settings.js';
