import { Injectable } from '@nestjs/common';
import { type Sync, SyncStore } from '#core';
import { FrozenSyncs } from '#pipeline';

/** Syncs as they were queued: what decides a mapping never changes. Their states are not to be read from here. */
@Injectable()
export class SyncCache extends FrozenSyncs<Sync> {
  constructor(syncs: SyncStore) {
    super(syncs, (sync) => sync);
  }
}
