import { users } from '../schemas/directory.js';
import type { Migration } from './migration.js';

/** The collection is there: it gets the indexes by which people look for those who are gone. */
export const userListsMigration: Migration = { id: 11, name: 'user-lists', creates: [users] };
