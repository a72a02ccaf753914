/** What a connector's process may use before it is ended. */
export interface ConnectorLimits {
  /** Memory of the process, all of it. */
  readonly memoryMb: number;
  /** How long it may leave its reader waiting without a batch, a step or a word of progress. */
  readonly silentMs: number;
  /** How long its event loop may stand still. */
  readonly blockedMs: number;
  /** For one call as a whole. */
  readonly totalMs: number;
  /** After it was told to end; longer only for what must not be lost. */
  readonly endsWithinMs: number;
  /** That one fetch may yield. */
  readonly maxRecords: number;
}

export const defaultConnectorLimits: ConnectorLimits = {
  memoryMb: 512,
  silentMs: 7_200_000,
  blockedMs: 60_000,
  totalMs: 86_400_000,
  endsWithinMs: 5_000,
  maxRecords: 10_000_000,
};
