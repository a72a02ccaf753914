import { leasesMigration } from './0001-leases.js';
import { settingsMigration } from './0002-settings.js';
import { snapshotsMigration } from './0003-snapshots.js';
import { syncsMigration } from './0004-syncs.js';
import { outcomesMigration } from './0005-outcomes.js';
import { settlementsMigration } from './0006-settlements.js';
import { directoryMigration } from './0007-directory.js';
import { operationsMigration } from './0008-operations.js';
import { schedulesMigration } from './0009-schedules.js';
import { messageValuesMigration } from './0010-message-values.js';
import { userListsMigration } from './0011-user-lists.js';
import { userOutcomesMigration } from './0012-user-outcomes.js';
import { idempotencyMigration } from './0013-idempotency.js';
import { syncChangesMigration } from './0014-sync-changes.js';
import { outcomeTextsMigration } from './0015-outcome-texts.js';
import { scimMigration } from './0016-scim.js';
import { pushesMigration } from './0017-pushes.js';
import { scimRequestsMigration } from './0018-scim-requests.js';
import { integrationRequestsMigration } from './0019-integration-requests.js';
import { rateBudgetsMigration } from './0020-rate-budgets.js';
import { scimRequestBodiesMigration } from './0021-scim-request-bodies.js';
import type { Migration } from './migration.js';

export const migrations: readonly Migration[] = [
  leasesMigration,
  settingsMigration,
  snapshotsMigration,
  syncsMigration,
  outcomesMigration,
  settlementsMigration,
  directoryMigration,
  operationsMigration,
  schedulesMigration,
  messageValuesMigration,
  userListsMigration,
  userOutcomesMigration,
  idempotencyMigration,
  syncChangesMigration,
  outcomeTextsMigration,
  scimMigration,
  pushesMigration,
  scimRequestsMigration,
  integrationRequestsMigration,
  rateBudgetsMigration,
  scimRequestBodiesMigration,
];
