export { startAcmeSimulator } from './acme-simulator.js';
export type { AcmeSimulator, AcmeSimulatorOptions } from './acme-simulator.js';
export type { AcmeSimulatorControls } from './simulator-controls.js';
export { ODDITIES } from './base-person.js';
export type { Oddity } from './base-person.js';
export { MISBEHAVIOURS } from './misbehaviour.js';
export type { Misbehaviour, MisbehaviourKind } from './misbehaviour.js';
export type { Counters } from './counters.js';
