export { catalogue, type MeasurementName, type WorkLoopName } from './catalogue.js';
export { errorFields } from './error-fields.js';
export { type LogFields, Logger } from './logger.js';
export { Measurement, type MeasurementOptions } from './measurement.js';
export { fitsLabel, type MetricEntry } from './metric-entry.js';
export { Metrics } from './metrics.js';
export { type LogLevel, logLevels, PinoLogger } from './pino-logger.js';
export { SilentLogger } from './silent-logger.js';
