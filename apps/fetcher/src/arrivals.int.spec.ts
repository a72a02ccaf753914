import { describeArrivals } from './arrival-cases.spec.js';
import { sqliteEngine } from './sqlite-engine.spec.js';

describeArrivals('SQLite', sqliteEngine);
