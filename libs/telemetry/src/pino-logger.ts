import { type DestinationStream, type Logger as Pino, pino } from 'pino';
import { type LogFields, Logger } from './logger.js';

export const logLevels = ['silent', 'error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof logLevels)[number];

/** One JSON object a line on standard output, time as RFC 3339. */
export class PinoLogger extends Logger {
  private readonly pino: Pino;

  constructor(options: { level: LogLevel; destination?: DestinationStream }) {
    super();
    const settings = {
      level: options.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (level: string) => ({ level }) },
    };
    this.pino = options.destination === undefined ? pino(settings) : pino(settings, options.destination);
  }

  override debug(message: string, fields: LogFields = {}): void {
    this.pino.debug(fields, message);
  }

  override info(message: string, fields: LogFields = {}): void {
    this.pino.info(fields, message);
  }

  override warn(message: string, fields: LogFields = {}): void {
    this.pino.warn(fields, message);
  }

  override error(message: string, fields: LogFields = {}): void {
    this.pino.error(fields, message);
  }
}
