import { repeatableRequests } from '../schemas/repeatable-requests.js';
import type { Migration } from './migration.js';

export const idempotencyMigration: Migration = { id: 13, name: 'idempotency', creates: [repeatableRequests] };
