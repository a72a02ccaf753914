import { links, parkedReferences, userCounts, users } from '../schemas/directory.js';
import type { Migration } from './migration.js';

export const directoryMigration: Migration = {
  id: 7,
  name: 'directory',
  creates: [users, links, parkedReferences, userCounts],
};
