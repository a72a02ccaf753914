import { describeSchedules } from './schedule-cases.spec.js';
import { mongoEngine } from './mongo-engine.spec.js';

describeSchedules('MongoDB', mongoEngine);
