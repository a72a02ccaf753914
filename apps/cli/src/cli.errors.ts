import { type ExitCode, exitCodes } from './exit-codes.js';

/** Ends the command with a message for people and an exit code. */
export class CliError extends Error {
  constructor(
    message: string,
    readonly exitCode: ExitCode = exitCodes.usage,
    /** What to do next, a line each. */
    readonly next: readonly string[] = [],
  ) {
    super(message);
    this.name = 'CliError';
  }
}
