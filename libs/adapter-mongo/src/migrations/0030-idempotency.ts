import { repeatableRequests } from '../schemas/repeatable-requests.js';
import type { Migration } from './migration.js';

export const idempotencyMigration: Migration = { id: 30, name: 'idempotency', creates: [repeatableRequests] };
