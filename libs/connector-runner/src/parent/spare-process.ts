import { ConnectorProcess } from './connector-process.js';

/** What nobody has needed for so long is not kept ready any longer. */
const keptMs = 600_000;
const startsAfterMs = 500;

/**
 * Processes for connectors, one of them started ahead: a call of a person, or of a source that has nothing new, should not wait for a
 * program to start. None is used twice.
 */
export class SpareProcess {
  private spare: ConnectorProcess | null = null;
  private timer: NodeJS.Timeout | undefined;
  private isClosed = false;

  constructor(private readonly memoryMb: number) {}

  /** @param files that it may read */
  take(files: readonly string[]): ConnectorProcess {
    const { spare } = this;
    if (spare === null || spare.isOver || !isSame(spare.files, files))
      return new ConnectorProcess(files, this.memoryMb);
    this.spare = null;
    clearTimeout(this.timer);
    return spare;
  }

  /** Starts one ahead, unless there is one, when the work that follows upon a call has begun. */
  prepare(files: readonly string[]): void {
    if (this.isClosed || (this.spare !== null && !this.spare.isOver && isSame(this.spare.files, files))) return;
    this.drop();
    this.timer = setTimeout(() => {
      this.spare = new ConnectorProcess(files, this.memoryMb);
      this.timer = setTimeout(() => this.drop(), keptMs).unref();
    }, startsAfterMs).unref();
  }

  async close(): Promise<void> {
    this.isClosed = true;
    const { spare } = this;
    this.drop();
    await spare?.ended;
  }

  private drop(): void {
    clearTimeout(this.timer);
    this.spare?.kill();
    this.spare = null;
  }
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((path, at) => path === other[at]);
}
