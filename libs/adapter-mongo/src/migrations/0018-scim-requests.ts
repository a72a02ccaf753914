import { scimTokens } from '../schemas/scim.js';
import { scimRequests } from '../schemas/scim-requests.js';
import type { Migration } from './migration.js';

export const scimRequestsMigration: Migration = { id: 18, name: 'scim-requests', creates: [scimRequests, scimTokens] };
