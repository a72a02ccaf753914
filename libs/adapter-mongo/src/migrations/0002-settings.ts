import { apiKeys, attributes, audit, integrations, mappings, tenants } from '../schemas/settings.js';
import type { Migration } from './migration.js';

export const settingsMigration: Migration = {
  id: 2,
  name: 'settings',
  creates: [tenants, apiKeys, attributes, integrations, mappings, audit],
};
