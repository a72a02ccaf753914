import { scimResources } from '../schemas/scim.js';
import { syncs } from '../schemas/syncs.js';
import type { Migration } from './migration.js';

/** Indexes by which what was pushed becomes syncs, and those are shown as sessions. */
export const pushesMigration: Migration = { id: 17, name: 'pushes', creates: [scimResources, syncs] };
