import { Injectable } from '@nestjs/common';
import type { FetchEnd } from '#connector-sdk';
import type { FetchedPart } from '#connector-runner';
import { type JsonValue, ScimPendingStore, ScimRequestLog, type ScimResourceId, type Sync } from '#core';
import { ownSource } from '../own-source.js';
import type { Source } from '../source-opener.js';
import { PushedPeopleReader } from './pushed-people-reader.js';

const takenAtOnce = 250;

/** Reads who is pending for a push sync, as if they came from a source; once the sync is applied, they are so no more. */
@Injectable()
export class PushedChanges {
  constructor(
    private readonly pending: ScimPendingStore,
    private readonly people: PushedPeopleReader,
    private readonly requests: ScimRequestLog,
  ) {}

  open(sync: Sync, signal: AbortSignal): Source {
    return ownSource(sync, {
      fetch: ({ cursor }) => this.read(sync, cursor, signal),
      commit: async () => this.pending.settle(sync, sync.id),
    });
  }

  private async *read(
    sync: Sync,
    cursor: JsonValue | null,
    signal: AbortSignal,
  ): AsyncGenerator<FetchedPart, FetchEnd, void> {
    // Dry, what an earlier sync has planned need not be planned again and again, though it waits.
    const which = sync.mode === 'dry' ? 'fresh' : 'pending';
    // All that was answered by now is pending, and so in this sync.
    if (cursor === null) await this.requests.attribute(sync, sync.id);
    for (let after = typeof cursor === 'string' ? (cursor as ScimResourceId) : null; ;) {
      signal.throwIfAborted();
      const people = await this.pending.take(sync, sync.id, { which, after, limit: takenAtOnce });
      after = people.at(-1)?.id ?? after;
      yield { records: await this.people.recordsOf(sync, people), next: after, isFirstOfBatch: true };
      if (people.length < takenAtOnce) return { extent: 'delta', lastPageSeen: true };
    }
  }
}
