import { userOutcomes } from '../schemas/outcomes.js';
import type { Migration } from './migration.js';

export const userOutcomesMigration: Migration = { id: 12, name: 'user-outcomes', creates: [userOutcomes] };
