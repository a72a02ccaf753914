import { SourceError } from '#connector-sdk';
import type { FetchStatistics, SyncFailure, SyncId } from '#core';

/** Why a fetch ended without its snapshot: the source's or the connector's doing, final for this sync. */
export class SourceFailure extends Error {
  /** What had been asked of the source by then; null when it was never called. */
  statistics: FetchStatistics | null = null;

  constructor(
    readonly failure: SyncFailure,
    options?: { cause?: unknown },
  ) {
    super(failure.message, options);
    this.name = 'SourceFailure';
  }
}

/** What was stored of a sync's fetch is past retention. */
export function snapshotGone(snapshotOf: SyncId): SyncFailure {
  return { code: 'snapshotGone', message: `The snapshot of ${snapshotOf} is not kept any more. Sync from the source.` };
}

/** An error out of a connector, as people may see it. Only the SDK's own errors have messages that can be shown. */
export function toSourceFailure(cause: unknown): SourceFailure {
  if (cause instanceof SourceFailure) return cause;
  if (cause instanceof SourceError) {
    const { code, message, recovery } = cause;
    return new SourceFailure({ code, message, recovery }, { cause });
  }
  const name = cause instanceof Error ? cause.name : typeof cause;
  const message = `The connector failed in a way it does not know itself (${name}). The log says where; report it to its author.`;
  return new SourceFailure({ code: 'unclassified', message }, { cause });
}
