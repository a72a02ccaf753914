export { startWorkdaySimulator } from './workday-simulator.js';
export type { WorkdayCounters, WorkdaySimulator, WorkdaySimulatorOptions } from './workday-simulator.js';
export { MANNERS } from './manners.js';
export type { Manner, MannerKind } from './manners.js';
