export { configFileName, type ConfigSource, loadConfig } from './load-config.js';
export { type MasterKey, masterKeyFileName, readMasterKey } from './master-key.js';
export {
  type ConnectorSettings,
  type EgressSettings,
  type KafkaServerSettings,
  MusterConfig,
  type RetentionDays,
  type ServerSettings,
  type SftpSettings,
} from './muster-config.js';
export type { Program } from './programs.js';
export { type Engine, engines, settingNames } from './settings.js';
export { settingsReference } from './settings-reference.js';
