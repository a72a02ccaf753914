import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineConnector, type JsonValue } from '#connector-sdk';
import { type SyncId, SnapshotStore, type TenantId } from '#core';
import { activateMapping } from '../support/acme-tenant.js';
import type { SyncAnswer } from '../support/muster-api.js';
import { RunningMuster } from '../support/running-muster.js';
import { person } from '../support/scripted-source.js';

/** How the next fetch ends. */
type Ending = 'whole' | 'truncated' | 'failing' | 'hanging';

/** A source that has one person more whenever it is read, and a connector that brings those behind its state alone. */
class GrowingSource {
  ending: Ending = 'whole';
  isCommitHanging = false;
  /** What the connector was called with, in turn. */
  readonly calls: [call: 'fetch' | 'commit', state: JsonValue][] = [];
  /** Called at each commit, before it says that it is done. */
  atCommit: () => Promise<void> = async () => undefined;
  private people = 0;
  private whenHanging = Promise.withResolvers<void>();

  readonly connector = defineConnector({
    id: 'growing',
    title: 'Growing',
    description: 'Has one person more each time.',
    capabilities: { full: true, person: false, delta: true, resume: false, wholeness: 'endMarker' },
    config: z.object({}),
    secrets: z.object({}),
    decoder: 'json',
    sourceIdExpression: 'id',
    defaultMapping: { attributes: { fullName: 'name', email: 'mail' } },
    async *check() {
      yield await Promise.resolve({ step: 'sample' as const, ok: true, message: 'It is in memory.' });
    },
    fetch: ({ state, signal }) => this.read(state, signal),
    commit: async ({ state, signal }) => {
      this.calls.push(['commit', state]);
      await this.atCommit();
      if (this.isCommitHanging) await this.hang(signal);
    },
  });

  /** Resolves when a call has come to where it hangs. */
  async hangs(): Promise<void> {
    await this.whenHanging.promise;
    this.whenHanging = Promise.withResolvers();
  }

  private async *read(state: JsonValue, signal: AbortSignal) {
    this.calls.push(['fetch', state]);
    this.people += 1;
    const from = state === null ? 0 : (state as { upTo: number }).upTo;
    const records = Array.from({ length: this.people - from }, (_, at) => person(from + at)).map((one) => ({
      sourceId: one.id,
      bytes: Buffer.from(JSON.stringify(one)),
    }));
    yield { records, next: null };
    if (this.ending === 'failing') throw new Error('as told');
    if (this.ending === 'hanging') await this.hang(signal);
    return { extent: 'delta' as const, lastPageSeen: this.ending === 'whole', state: { upTo: this.people } };
  }

  private async hang(signal: AbortSignal): Promise<never> {
    this.whenHanging.resolve();
    return new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error));
    });
  }
}

describe('what a connector remembers', () => {
  const source = new GrowingSource();
  const { calls } = source;
  let muster: RunningMuster;
  let tenant: string;
  let integration: string;

  beforeAll(async () => {
    muster = await RunningMuster.start({ connectors: [source.connector] });
    ({ id: tenant } = await muster.api.must<{ id: string }>('POST', '/v1/tenants', { name: 'Growing' }));
    ({ id: integration } = await muster.api.must<{ id: string }>('POST', `/v1/tenants/${tenant}/integrations`, {
      name: 'Growing',
      connectorId: 'growing',
      config: {},
      secrets: {},
      standing: 'live',
    }));
    await activateMapping(muster.api, tenant, integration, { default: true });
  });
  afterAll(() => muster.stop());

  async function queue(): Promise<string> {
    const path = `/v1/tenants/${tenant}/integrations/${integration}/syncs`;
    return (await muster.api.must<{ id: string }>('POST', path, { mode: 'live' })).id;
  }

  async function sync(mode: 'dry' | 'live'): Promise<SyncAnswer> {
    return muster.api.runSync(tenant, integration, { mode });
  }

  it('is nothing after a dry sync, which is not committed either', async () => {
    const dry = await sync('dry');
    expect(dry, dry.summary).toMatchObject({ state: 'completed', counts: { created: 1 } });
    await sync('dry');
    expect(calls.splice(0)).toEqual([
      ['fetch', null],
      ['fetch', null],
    ]);
  });

  it('begins with a live sync, committed when its snapshot is stored and its people are in the directory', async () => {
    const seen: unknown[] = [];
    let id = '';
    source.atCommit = async () => {
      const manifest = await muster.part(SnapshotStore).manifest(tenant as TenantId, id as SyncId);
      seen.push([manifest?.records, (await muster.users(tenant)).length]);
    };
    id = await queue();
    const live = await muster.api.ended(tenant, id);
    source.atCommit = async () => undefined;
    expect(live, live.summary).toMatchObject({ state: 'completed', counts: { created: 3 } });
    expect(seen).toEqual([[3, 3]]);
    expect(calls.splice(0)).toEqual([
      ['fetch', null],
      ['commit', { upTo: 3 }],
    ]);
  });

  it('is what the next run begins with, and whoever that leaves out stays', async () => {
    const next = await sync('live');
    expect(next, next.summary).toMatchObject({
      state: 'completed',
      manifest: { extent: 'delta', records: 1 },
      counts: { created: 1, deprovisioned: 0 },
    });
    expect((await muster.users(tenant)).map(({ status }) => status)).toEqual(Array(4).fill('active'));
    expect(calls.splice(0)).toEqual([
      ['fetch', { upTo: 3 }],
      ['commit', { upTo: 4 }],
    ]);
  });

  it.each<[Ending, string]>([
    ['truncated', 'incomplete'],
    ['failing', 'failed'],
    ['hanging', 'cancelled'],
  ])('stays as it was when a fetch is %s', async (ending, state) => {
    const before = calls.length;
    source.ending = ending;
    const id = await queue();
    if (ending === 'hanging') {
      await source.hangs();
      await muster.api.must('POST', `/v1/tenants/${tenant}/syncs/${id}/cancel`);
    }
    expect(await muster.api.ended(tenant, id)).toMatchObject({ state });
    source.ending = 'whole';
    await sync('dry');
    expect(calls.slice(before)).toEqual([
      ['fetch', { upTo: 4 }],
      ['fetch', { upTo: 4 }],
    ]);
  });

  it('moves on once when Muster stops in the middle of a commit, which is made again', async () => {
    calls.splice(0);
    source.isCommitHanging = true;
    const id = await queue();
    await source.hangs();
    source.isCommitHanging = false;
    await muster.restart();
    expect(await muster.api.ended(tenant, id)).toMatchObject({ state: 'completed' });
    await sync('dry');
    const [, [, state] = []] = calls;
    expect(calls).toEqual([
      ['fetch', { upTo: 4 }],
      ['commit', state],
      ['commit', state],
      ['fetch', state],
    ]);
    expect((state as { upTo: number }).upTo).toBeGreaterThan(4);
  });
});
