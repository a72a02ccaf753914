import { connectionChecks } from '../schemas/connection-checks.js';
import { deadLetters } from '../schemas/dead-letters.js';
import type { Migration } from './migration.js';

export const operationsMigration: Migration = { id: 8, name: 'operations', creates: [deadLetters, connectionChecks] };
