import { describeArrivals } from './arrival-cases.spec.js';
import { mongoEngine } from './mongo-engine.spec.js';

describeArrivals('MongoDB', mongoEngine);
