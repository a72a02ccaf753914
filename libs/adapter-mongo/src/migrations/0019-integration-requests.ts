import { integrationRequests } from '../schemas/integration-requests.js';
import { noticeEvents, notices, webhooks } from '../schemas/notices.js';
import type { Migration } from './migration.js';

export const integrationRequestsMigration: Migration = {
  id: 19,
  name: 'integration requests',
  creates: [integrationRequests, webhooks, noticeEvents, notices],
};
