export { isUniqueViolation } from './translate-error.js';
export { SqliteDatabase, type Durability } from './sqlite-database.js';
export { SqliteCheckStore } from './sqlite-check-store.js';
export { SqliteConnectorStateStore } from './sqlite-connector-state-store.js';
export { SqliteDeadLetterStore } from './sqlite-dead-letter-store.js';
export { SqliteLeaseStore } from './sqlite-lease-store.js';
export { SqliteMessageBus } from './sqlite-message-bus.js';
export { SqliteSettingsStore } from './sqlite-settings-store.js';
export { SqliteSnapshotStore } from './sqlite-snapshot-store.js';
