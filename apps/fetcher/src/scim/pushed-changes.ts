import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import {
  type ConnectorDefinition,
  Dialler,
  type FetchBatch,
  type FetchEnd,
  HttpClient,
  noOwnSecrets,
} from '#connector-sdk';
import { type JsonValue, ScimPendingStore, ScimRequestLog, type ScimResourceId, type Sync } from '#core';
import { Source } from '../source-opener.js';
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
    const http = new HttpClient({ signal });
    const context = {
      config: {},
      secrets: {},
      ownSecrets: noOwnSecrets,
      state: null,
      http,
      dialler: new Dialler(),
      signal,
      progress: () => undefined,
      log: () => undefined,
    };
    const connector: ConnectorDefinition = {
      id: sync.frozen.connectorId,
      title: 'Pushed people',
      description: 'The people whom an identity provider has pushed, and no sync has applied yet.',
      capabilities: { full: true, person: false, delta: true, resume: true, wholeness: 'endMarker' },
      config: z.object({}),
      secrets: z.object({}),
      decoder: 'json',
      sourceIdExpression: sync.frozen.sourceIdExpression,
      defaultMapping: { attributes: {} },
      async *check() {},
      fetch: ({ cursor }) => this.read(sync, cursor, signal),
      commit: async () => this.pending.settle(sync, sync.id),
    };
    return new Source(connector, context, http);
  }

  private async *read(
    sync: Sync,
    cursor: JsonValue | null,
    signal: AbortSignal,
  ): AsyncGenerator<FetchBatch, FetchEnd, void> {
    // Dry, what an earlier sync has planned need not be planned again and again, though it waits.
    const which = sync.mode === 'dry' ? 'fresh' : 'pending';
    // All that was answered by now is pending, and so in this sync.
    if (cursor === null) await this.requests.attribute(sync, sync.id);
    for (let after = typeof cursor === 'string' ? (cursor as ScimResourceId) : null; ;) {
      signal.throwIfAborted();
      const people = await this.pending.take(sync, sync.id, { which, after, limit: takenAtOnce });
      after = people.at(-1)?.id ?? after;
      yield { records: await this.people.recordsOf(sync, people), next: after };
      if (people.length < takenAtOnce) return { extent: 'delta', lastPageSeen: true };
    }
  }
}
