import { scimRequests } from '../schemas/scim-requests.js';
import { integrations } from '../schemas/settings.js';
import type { Migration } from './migration.js';

export const scimRequestBodiesMigration: Migration = {
  id: 21,
  name: 'scim request bodies',
  creates: [scimRequests, integrations],
  fill: async (db) => {
    const integrationId = { $arrayElemAt: [{ $split: ['$_id', ':'] }, 1] };
    await db
      .collection(integrations.name)
      .updateMany({ integrationId: { $exists: false } }, [{ $set: { integrationId } }]);
  },
};
