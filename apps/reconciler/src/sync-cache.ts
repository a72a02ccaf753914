import { Injectable } from '@nestjs/common';
import { RejectedRecordError, type Sync, SyncStore } from '#core';
import { compileMapping, type CompiledMapping } from '#mapping';
import { FrozenSyncs } from '#pipeline';

/** A sync's frozen part, with its mapping compiled. */
export interface FrozenSync {
  sync: Sync;
  /** Null: the sync has no mapping. */
  mapping: CompiledMapping | null;
}

/** What never changes of a sync (its frozen settings), read once. States are not to be read from here. */
@Injectable()
export class SyncCache extends FrozenSyncs<FrozenSync> {
  constructor(syncs: SyncStore) {
    super(syncs, (sync) => ({ sync, mapping: compile(sync) }));
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
