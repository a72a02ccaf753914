export { configFileName, type ConfigSource, loadConfig, type Program } from './load-config.js';
export { type MasterKey, masterKeyFileName, readMasterKey } from './master-key.js';
export { type KafkaServerSettings, MusterConfig, type RetentionDays, type ServerSettings } from './muster-config.js';
export { type Engine, engines } from './settings.js';
