import { Injectable } from '@nestjs/common';
import { RejectedRecordError, SyncStore, type Sync, type SyncId, type TenantId } from '#core';
import { compileMapping, type CompiledMapping } from '#mapping';

/** A sync's frozen part, with its mapping compiled. */
export interface FrozenSync {
  sync: Sync;
  /** Null: the sync has no mapping. */
  mapping: CompiledMapping | null;
}

const kept = 50;

/** What never changes of a sync (its frozen settings), read once. States are not to be read from here. */
@Injectable()
export class SyncCache {
  private readonly entries = new Map<SyncId, FrozenSync>();

  constructor(private readonly syncs: SyncStore) {}

  /** @throws RejectedRecordError `unknownSync` */
  async get(tenantId: TenantId, id: SyncId): Promise<FrozenSync> {
    const known = this.entries.get(id);
    if (known !== undefined) return known;
    const sync = await this.syncs.sync(tenantId, id);
    if (sync === null) throw new RejectedRecordError('unknownSync', `sync ${id} is not known`, { syncId: id });
    const entry = { sync, mapping: compile(sync) };
    this.entries.set(id, entry);
    for (const oldest of this.entries.keys()) {
      if (this.entries.size <= kept) break;
      this.entries.delete(oldest);
    }
    return entry;
  }
}

function compile({ id, frozen }: Sync): CompiledMapping | null {
  if (frozen.mapping === null) return null;
  const compiled = compileMapping({
    definition: frozen.mapping.definition,
    attributes: frozen.attributes,
    sourceIdExpression: frozen.sourceIdExpression,
  });
  if (compiled.ok) return compiled.mapping;
  throw new RejectedRecordError('recordRefused', `the mapping of sync ${id} does not compile`, { syncId: id });
}
