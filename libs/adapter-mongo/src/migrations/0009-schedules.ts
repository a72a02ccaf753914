import { integrations } from '../schemas/settings.js';
import { syncs } from '../schemas/syncs.js';
import type { Migration } from './migration.js';

/** The collections are there: they get the indexes by which the scheduler reads. */
export const schedulesMigration: Migration = { id: 9, name: 'schedules', creates: [integrations, syncs] };
