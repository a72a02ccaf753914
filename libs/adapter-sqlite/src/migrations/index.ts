import { log } from './0001-log.js';
import { leases } from './0002-leases.js';
import { settings } from './0003-settings.js';
import { snapshots } from './0004-snapshots.js';
import { connectorState } from './0005-connector-state.js';
import { deadLetters } from './0006-dead-letters.js';
import { checks } from './0007-checks.js';
import { numbers } from './0010-numbers.js';
import { syncs } from './0011-syncs.js';
import { outcomes } from './0012-outcomes.js';
import { settlements } from './0013-settlements.js';
import { directory } from './0014-directory.js';
import { removedUsers } from './0015-removed-users.js';
import { schedules } from './0016-schedules.js';
import { userLists } from './0017-user-lists.js';
import { userOutcomes } from './0018-user-outcomes.js';
import { idempotency } from './0019-idempotency.js';
import { syncChanges } from './0020-sync-changes.js';
import { turns } from './0021-turns.js';
import { frozenSettings } from './0022-frozen-settings.js';
import { pageTexts } from './0023-page-texts.js';
import { userSearch } from './0024-user-search.js';
import { textBlocks } from './0025-text-blocks.js';
import { scim } from './0026-scim.js';
import { pushes } from './0027-pushes.js';
import { scimRequests } from './0028-scim-requests.js';
import { integrationRequests } from './0029-integration-requests.js';
import { rateBudgets } from './0030-rate-budgets.js';
import { pagesBySeq } from './0031-pages-by-seq.js';
import { scimRequestBodies } from './0032-scim-request-bodies.js';
import { tenantRevisions } from './0033-tenant-revisions.js';
import { rareTexts } from './0034-rare-texts.js';
import type { Migration } from './migration.js';

/** Every step of the schema, in order of id. */
export const migrations: readonly Migration[] = [
  log,
  leases,
  settings,
  snapshots,
  connectorState,
  deadLetters,
  checks,
  numbers,
  syncs,
  outcomes,
  settlements,
  directory,
  removedUsers,
  schedules,
  userLists,
  userOutcomes,
  idempotency,
  syncChanges,
  turns,
  frozenSettings,
  pageTexts,
  userSearch,
  textBlocks,
  scim,
  pushes,
  scimRequests,
  integrationRequests,
  rateBudgets,
  pagesBySeq,
  scimRequestBodies,
  tenantRevisions,
  rareTexts,
];
