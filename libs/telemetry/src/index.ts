export { errorFields } from './error-fields.js';
export { type LogFields, Logger } from './logger.js';
export { Metrics } from './metrics.js';
export { type LogLevel, logLevels, PinoLogger } from './pino-logger.js';
export { SilentLogger } from './silent-logger.js';
