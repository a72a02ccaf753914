import { Controller } from '@nestjs/common';
import { SyncChangeLog, SyncStore } from '#core';
import { Answer } from '../http/answer.js';
import { defineEndpoint, Endpoint, type InputOf } from '../http/endpoint.js';
import { notFound } from '../http/problem.errors.js';
import { EventStreams, streamsPerKey } from './event-streams.js';
import { SyncFeed } from './sync-feed.js';

const bounds = `Server-sent events; \`Last-Event-ID\` goes on after an event, whichever process answers. A comment every 15 seconds keeps the stream awake; it ends after 15 minutes, for the reader to resume. A key may have ${String(streamsPerKey)} streams open at each server.`;

const streamTenant = defineEndpoint({
  method: 'GET',
  path: '/v1/tenants/{tenant}/events',
  role: 'viewer',
  summary: 'Live: every state that the tenant’s syncs come to',
  description: `\`sync\` events {no, syncId, integrationId, mode, state, at}; the id is \`no\`, without gaps. Starts with what happens from now on. \`missed\` {from, to}: the reader was away for more than seven days; read the list of syncs. ${bounds}`,
  mediaType: 'text/event-stream',
  lastEventId: 'optional',
  problems: ['tooManyStreams'],
});

const streamSync = defineEndpoint({
  method: 'GET',
  path: '/v1/tenants/{tenant}/syncs/{sync}/events',
  role: 'viewer',
  summary: 'Live: one sync’s states and progress, until its end',
  description: `\`state\` events {no, state, mode, at}, from the first one on; \`progress\` {state, mode, round, progress, counts, held} when that changes, without an id; \`end\` with the last progress, after which the stream is over. 204 when the sync is over and nothing happened since \`Last-Event-ID\`. ${bounds}`,
  mediaType: 'text/event-stream',
  alsoStatus: [204],
  lastEventId: 'optional',
  problems: ['tooManyStreams'],
});

@Controller()
export class SyncEventsController {
  constructor(
    private readonly streams: EventStreams,
    private readonly feed: SyncFeed,
    private readonly changes: SyncChangeLog,
    private readonly syncs: SyncStore,
  ) {}

  @Endpoint(streamTenant)
  async tenant({ tenant, caller, lastEventId }: InputOf<typeof streamTenant>) {
    const last = await this.changes.last(tenant.id);
    const after = Math.min(lastEventId ?? last, last);
    return this.streams.open(caller.keyId, (stream) => {
      let seen = after;
      stream.mark(after);
      return this.feed.join({
        tenantId: tenant.id,
        after,
        onChange: (change) => {
          if (change.no > seen + 1) stream.emit({ event: 'missed', data: { from: seen + 1, to: change.no - 1 } });
          seen = change.no;
          stream.emit({ event: 'sync', id: change.no, data: change });
        },
      });
    });
  }

  @Endpoint(streamSync)
  async sync({ tenant, params, caller, lastEventId }: InputOf<typeof streamSync>) {
    const sync = await this.syncs.sync(tenant.id, params.sync);
    if (sync === null) throw notFound();
    const after = Math.min(lastEventId ?? 0, await this.changes.last(tenant.id));
    const [news] = lastEventId === null ? [null] : await this.changes.changes(tenant.id, after, 1, sync.id);
    if (news === undefined && (await this.feed.isOver(sync))) return new Answer(undefined, { status: 204 });
    return this.streams.open(caller.keyId, (stream) =>
      this.feed.join({
        tenantId: tenant.id,
        syncId: sync.id,
        after,
        onChange: ({ no, state, mode, at }) => stream.emit({ event: 'state', id: no, data: { no, state, mode, at } }),
        onProgress: (progress) => {
          if (!stream.isSlow) stream.emit({ event: 'progress', data: progress });
        },
        onEnd: (progress) => {
          stream.emit({ event: 'end', data: progress });
          stream.end();
        },
      }),
    );
  }
}
