import { Injectable } from '@nestjs/common';
import { ConnectorStateStore, type JsonValue, SnapshotStore, type OpenSync, readsFrom, type Sync } from '#core';
import { errorFields, Logger } from '#telemetry';
import { ManifestWriter } from './manifest-writer.js';
import { SourceFailure } from './source-failure.js';
import { SyncSources } from './sync-sources.js';

/** The last step of a live sync: what the connector remembers moves on, and what it read is archived at the source. */
@Injectable()
export class CommitTask {
  constructor(
    private readonly sources: SyncSources,
    private readonly connectorState: ConnectorStateStore,
    private readonly snapshots: SnapshotStore,
    private readonly manifests: ManifestWriter,
    private readonly logger: Logger,
  ) {}

  /** True when this sync or a later one has been committed. */
  async isDone({ tenantId, integrationId, generation }: OpenSync): Promise<boolean> {
    const state = await this.connectorState.read(tenantId, integrationId);
    return state !== null && state.generation >= generation;
  }

  async run(sync: Sync, signal: AbortSignal): Promise<void> {
    const { tenantId, integrationId, id: syncId, generation } = sync;
    const manifest = await this.snapshots.manifest(tenantId, syncId);
    // What was not read whole would be lost if the source moved on.
    const isWhole = manifest?.wholeness === 'complete' && manifest.extent !== 'person';
    const remembered = (await this.connectorState.read(tenantId, integrationId))?.state ?? null;
    const state = isWhole ? (manifest.connectorState ?? remembered) : remembered;
    if (isWhole && readsFrom(sync) === null) await this.archive(sync, state, signal);
    await this.connectorState.advance(tenantId, integrationId, { generation, syncId, state });
    await this.manifests.tellReporter(sync);
  }

  /** People are in the directory by now: an archive that is out of reach is told of and does not undo that. */
  private async archive(sync: Sync, state: JsonValue | null, signal: AbortSignal): Promise<void> {
    const { tenantId, id: syncId } = sync;
    try {
      const source = await this.sources.open(sync, signal, state);
      try {
        await source.run.commit();
      } finally {
        await source.close();
      }
    } catch (error) {
      signal.throwIfAborted();
      const fields = error instanceof SourceFailure ? { code: error.failure.code } : errorFields(error);
      this.logger.warn('What was read could not be archived.', { tenantId, syncId, ...fields });
    }
  }
}
