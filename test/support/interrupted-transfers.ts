import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AcmeSimulator } from '../../connectors/acme-hr/simulator/src/index.js';
import { SeededRandom } from '../chaos/seeded-random.js';
import { createAcmeTenant } from './acme-tenant.js';
import { directoryPicture, sourcePicture } from './directory-picture.js';
import { startMarkedSimulator } from './marked-simulator.js';
import type { MusterApi, SyncAnswer } from './muster-api.js';
import { passEmails } from './random-transfers.js';

const people = 150;
const transfers = { terminatedToJoiner: 3, vanishedToJoiner: 3, swaps: 5, circles: 4 };
/** Joiners and leavers, pairs and circles. */
const sizes = [...Array<number>(6 + 5).fill(2), ...Array<number>(4).fill(3)];
const seed = 20260713;

/** A Muster that can be interrupted and goes on. */
export interface Interruptible {
  readonly api: MusterApi;
  interrupt(): Promise<void>;
  stop(): Promise<void>;
}

interface Company {
  tenant: string;
  integration: string;
  source: AcmeSimulator;
}

/**
 * Keys change hands in syncs that are interrupted anywhere: every transfer must be applied whole.
 *
 * @param how completes "while Muster is interrupted"
 * @param times interruptions of syncs that nothing holds; half as many of approvals
 */
export function describeInterruptedTransfers(how: string, times: number, start: () => Promise<Interruptible>): void {
  describe(`keys that change hands while Muster is interrupted ${how} (seed ${String(seed)})`, () => {
    const random = new SeededRandom(seed);
    let source: AcmeSimulator;
    let muster: Interruptible;

    beforeAll(async () => {
      source = await startMarkedSimulator({ people, seed: 4, terminatedShare: 0, oddShare: 0 });
      muster = await start();
    });
    afterAll(async () => {
      await muster.stop();
      await source.stop();
    });

    it('are passed on whole when nothing holds them', async () => {
      // Many leave within a few days here; the mass of it is not the point.
      const company = await open({ inferredRemovals: 1, inferredRemovals7Days: 1, emailChanges: 1 });
      for (let turn = 0; turn < times; turn += 1) {
        passEmails(source, people, random, transfers);
        const { id } = await muster.api.must<{ id: string }>(
          'POST',
          `/v1/tenants/${company.tenant}/integrations/${company.integration}/syncs`,
          { mode: 'live' },
        );
        await somewhere(company, id, turn);
        await muster.interrupt();
        await expectApplied(company, await muster.api.ended(company.tenant, id));
        source.restore();
        const back = await muster.api.runSync(company.tenant, company.integration, { mode: 'live' });
        expect(back, back.summary).toMatchObject({ state: 'completed', held: 0 });
      }
    });

    it('are passed on whole when they are held and approved', async () => {
      const company = await open({ emailChanges: 0, explicitLeavers: 0, inferredRemovals: 0 });
      for (let turn = 0; turn < times / 2; turn += 1) {
        passEmails(source, people, random, transfers);
        const held = await muster.api.runSync(company.tenant, company.integration, { mode: 'live' });
        expect(held, held.summary).toMatchObject({ state: 'awaitingApproval', held: 34 });
        await muster.api.must('POST', `/v1/tenants/${company.tenant}/syncs/${held.id}/approve`, {
          all: true,
          includeHeld: true,
          planHash: held.planHash,
        });
        await sleep(random.whole(0, 12));
        await muster.interrupt();
        await expect
          .poll(() => muster.api.sync(company.tenant, held.id), { interval: 20, timeout: 20_000 })
          .toMatchObject({ round: 1 });
        await expectApplied(company, await muster.api.ended(company.tenant, held.id));
        source.restore();
        const back = await muster.api.runSync(company.tenant, company.integration, { mode: 'live' });
        await muster.api.must('POST', `/v1/tenants/${company.tenant}/syncs/${back.id}/approve`, {
          all: true,
          includeHeld: true,
          planHash: back.planHash,
        });
        await expect
          .poll(() => muster.api.sync(company.tenant, back.id), { interval: 20, timeout: 20_000 })
          .toMatchObject({ round: 1, state: 'completed' });
      }
    });

    it('are passed back whole when a sync is undone', async () => {
      const company = await open({ inferredRemovals: 1, inferredRemovals7Days: 1, emailChanges: 1 });
      const before = await directoryPicture(muster, company.tenant);
      for (let turn = 0; turn < times; turn += 1) {
        passEmails(source, people, random, transfers);
        const path = `/v1/tenants/${company.tenant}/syncs`;
        const sync = await muster.api.runSync(company.tenant, company.integration, { mode: 'live' });
        const after = await directoryPicture(muster, company.tenant);
        const undo = await muster.api.must<{ id: string }>('POST', `${path}/${sync.id}/undo`, { mode: 'live' });
        await somewhere(company, undo.id, turn);
        await muster.interrupt();
        expectUndone(await muster.api.ended(company.tenant, undo.id));
        expect(await directoryPicture(muster, company.tenant)).toEqual(before);
        const redo = await muster.api.must<{ id: string }>('POST', `${path}/${undo.id}/undo`, { mode: 'live' });
        await muster.interrupt();
        expectUndone(await muster.api.ended(company.tenant, redo.id));
        expect(await directoryPicture(muster, company.tenant)).toEqual(after);
        source.restore();
        const back = await muster.api.runSync(company.tenant, company.integration, { mode: 'live' });
        expect(back, back.summary).toMatchObject({ state: 'completed', held: 0 });
        expect(await directoryPicture(muster, company.tenant)).toEqual(before);
      }
    });

    function expectUndone(undo: SyncAnswer): void {
      expect(undo, undo.summary).toMatchObject({ state: 'completed', counts: { updated: 22, failed: 0 } });
      expect(undo.totals.filter(({ state }) => state !== 'applied')).toEqual([]);
      expect(undo.totals.reduce((sum, { count }) => sum + count, 0)).toBe(22 + 6 + 6);
    }

    async function open(safeguards: Record<string, number>): Promise<Company> {
      source.restore();
      const options = { config: { ...source.config, pageSize: 40 }, secrets: { ...source.secrets }, safeguards };
      const made = await createAcmeTenant(muster.api, options);
      const first = await muster.api.runSync(made.tenant, made.integration, { mode: 'live' });
      expect(first, first.summary).toMatchObject({ state: 'completed', counts: { created: people } });
      return { ...made, source };
    }

    /** Waits until the sync has come to one of its states, and a little longer. */
    async function somewhere({ tenant }: Company, id: string, turn: number): Promise<void> {
      const states = ['fetching', 'planning', 'settling', 'applying'];
      const wanted = states.slice(turn % states.length);
      for (;;) {
        const { state } = await muster.api.sync(tenant, id);
        if (wanted.includes(state) || state === 'completed') break;
      }
      await sleep(random.whole(0, 8));
    }

    async function expectApplied({ tenant }: Company, sync: SyncAnswer): Promise<void> {
      expect(sync, sync.summary).toMatchObject({
        state: 'completed',
        held: 0,
        counts: { updated: 22, deprovisioned: 6, failed: 0 },
      });
      // From the second turn on, the joiners are people who have been there before.
      expect((sync.counts['created'] ?? 0) + (sync.counts['reactivated'] ?? 0)).toBe(6);
      const rows = (await muster.api.outcomes(tenant, sync.id)) as (Awaited<
        ReturnType<MusterApi['outcomes']>
      >[number] & {
        transfer: number | null;
      })[];
      const groups = Map.groupBy(
        rows.filter(({ transfer }) => transfer !== null),
        ({ transfer }) => transfer,
      );
      expect([...groups.values()].map(({ length }) => length).sort()).toEqual(sizes);
      expect(new Set([...groups.values()].flat().map(({ state }) => state))).toEqual(new Set(['applied']));
      expect(await directoryPicture(muster, tenant)).toEqual(await sourcePicture(muster, source));
    }
  });
}
