import { leases } from '../schemas/leases.js';
import type { Migration } from './migration.js';

export const leasesMigration: Migration = { id: 1, name: 'leases', creates: [leases] };
