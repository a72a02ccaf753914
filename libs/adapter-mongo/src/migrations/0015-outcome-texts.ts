import { outcomeTexts } from '../schemas/outcomes.js';
import type { Migration } from './migration.js';

export const outcomeTextsMigration: Migration = { id: 15, name: 'outcome texts', creates: [outcomeTexts] };
