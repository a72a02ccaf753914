export { startWorkdaySoapSimulator } from './workday-soap-simulator.js';
export type { WorkdaySoapSimulator, WorkdaySoapSimulatorOptions } from './workday-soap-simulator.js';
export { SOAP_MANNERS } from './manners.js';
export type { SoapManner, SoapMannerKind } from './manners.js';
export { madeUpWorker } from './simulated-worker.js';
export type { SimulatedWorker } from './simulated-worker.js';
