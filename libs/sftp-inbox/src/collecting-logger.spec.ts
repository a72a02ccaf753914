import { Logger } from '#telemetry';

/** What was logged, without fields and without what is for developers. */
export class CollectingLogger extends Logger {
  readonly lines: string[] = [];

  override debug(): void {}

  override info(message: string): void {
    this.lines.push(`info: ${message}`);
  }

  override warn(message: string): void {
    this.lines.push(`warn: ${message}`);
  }

  override error(message: string): void {
    this.lines.push(`error: ${message}`);
  }
}
