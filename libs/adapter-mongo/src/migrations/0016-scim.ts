import { scimMembers, scimResources, scimTokens } from '../schemas/scim.js';
import type { Migration } from './migration.js';

export const scimMigration: Migration = { id: 16, name: 'scim', creates: [scimResources, scimMembers, scimTokens] };
