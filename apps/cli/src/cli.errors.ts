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

/** What the system calls an error, such as `ENOENT`. */
export function systemCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
