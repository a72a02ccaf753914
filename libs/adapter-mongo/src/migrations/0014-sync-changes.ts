import { syncChanges } from '../schemas/sync-changes.js';
import type { Migration } from './migration.js';

export const syncChangesMigration: Migration = { id: 14, name: 'sync changes', creates: [syncChanges] };
