import { rateBudgets } from '../schemas/rate-budgets.js';
import type { Migration } from './migration.js';

export const rateBudgetsMigration: Migration = { id: 20, name: 'rate budgets', creates: [rateBudgets] };
