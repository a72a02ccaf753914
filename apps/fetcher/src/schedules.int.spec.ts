import { describeSchedules } from './schedule-cases.spec.js';
import { sqliteEngine } from './sqlite-engine.spec.js';

describeSchedules('SQLite', sqliteEngine);
