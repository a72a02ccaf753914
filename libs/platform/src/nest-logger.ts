import type { LoggerService } from '@nestjs/common';
import { errorFields, type Logger } from '#telemetry';

/** Lets Nest speak through our own log. What it says in passing is kept for debugging. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, ...rest: unknown[]): void {
    this.logger.debug('Nest reports.', said(message, rest));
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.logger.warn('Nest warns.', said(message, rest));
  }

  error(message: unknown, ...rest: unknown[]): void {
    // What stops a start is thrown as well, to whoever started.
    if (rest.at(-1) === 'ExceptionHandler') return;
    this.logger.error('Nest reports an error.', said(message, rest));
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.error(message, ...rest);
  }
}

/** Texts are Nest's own; of an error only what may be logged. The last argument is Nest's name of the speaker. */
function said(
  message: unknown,
  rest: readonly unknown[],
): Record<string, string | number | boolean | null | undefined> {
  const context = rest.at(-1);
  const speaker = typeof context === 'string' ? { context } : {};
  if (message instanceof Error) return { ...errorFields(message), ...speaker };
  return { said: typeof message === 'string' ? message : typeof message, ...speaker };
}
