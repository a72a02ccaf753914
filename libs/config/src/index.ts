export { configFileName, type ConfigSource, loadConfig } from './load-config.js';
export { type MasterKey, masterKeyFileName, readMasterKey } from './master-key.js';
export { MusterConfig, type RetentionDays } from './muster-config.js';
