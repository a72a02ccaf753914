export { BusTransport } from './bus-transport.js';
export { Consumes } from './consumes.decorator.js';
export { OriginalErrorFilter } from './original-error.filter.js';
export { type Outage, Outages } from './outages.js';
export type { StageMessage, StageOptions } from './stage-message.js';
export { type Stage, StageRunner, type StageRunnerTiming } from './stage-runner.js';
export { SyncQueue, type SyncRequest } from './sync-queue.js';
export { TypedBus } from './typed-bus.js';
export { type Work, WorkLoop, type WorkLoopOptions } from './work-loop.js';
