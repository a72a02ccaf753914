import { outcomeBodies, outcomeExceptions, outcomePages, outcomeSlices } from '../schemas/outcomes.js';
import type { Migration } from './migration.js';

export const outcomesMigration: Migration = {
  id: 5,
  name: 'outcomes',
  creates: [outcomePages, outcomeBodies, outcomeExceptions, outcomeSlices],
};
