import { messageValues } from '../schemas/message-values.js';
import type { Migration } from './migration.js';

export const messageValuesMigration: Migration = { id: 10, name: 'message values', creates: [messageValues] };
