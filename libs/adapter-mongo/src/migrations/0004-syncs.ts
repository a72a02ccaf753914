import { counters, syncApprovals, syncs } from '../schemas/syncs.js';
import type { Migration } from './migration.js';

export const syncsMigration: Migration = { id: 4, name: 'syncs', creates: [syncs, syncApprovals, counters] };
