import { connectorStates } from '../schemas/connector-states.js';
import { snapshotBodies, snapshotPages, snapshots } from '../schemas/snapshots.js';
import type { Migration } from './migration.js';

export const snapshotsMigration: Migration = {
  id: 3,
  name: 'snapshots',
  creates: [snapshots, snapshotPages, snapshotBodies, connectorStates],
};
