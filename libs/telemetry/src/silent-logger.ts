import { Logger } from './logger.js';

/** Says nothing: for tests and tools that have their own way to speak. */
export class SilentLogger extends Logger {
  override debug(): void {}
  override info(): void {}
  override warn(): void {}
  override error(): void {}
}
