import { settlementChunks, settlementRounds, settlementSlices, settlements } from '../schemas/settlements.js';
import type { Migration } from './migration.js';

export const settlementsMigration: Migration = {
  id: 6,
  name: 'settlements',
  creates: [settlements, settlementChunks, settlementRounds, settlementSlices],
};
