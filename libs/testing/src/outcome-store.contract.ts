import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createdUserId,
  fitsFilter,
  newId,
  type EffectiveOutcome,
  type OutcomeFilter,
  type OutcomePlace,
  type OutcomeRow,
  type OutcomeStore,
  type OutcomeTotal,
  type SliceReport,
  type SyncId,
  type SyncStore,
  type UserId,
} from '#core';
import type { ContractFactory, ContractSubject } from './contract.js';
import { buildOutcomeRow, buildPlannedPage } from './outcome-builders.js';
import { buildSync } from './sync-builders.js';

/** What every outcome store keeps. The sync store beside it says which syncs have ended or are superseded. */
export function describeOutcomeStoreContract(
  name: string,
  factory: ContractFactory<{ outcomes: OutcomeStore; syncs: SyncStore }>,
): void {
  describe(`${name}: outcome store contract`, () => {
    let subject: ContractSubject<{ outcomes: OutcomeStore; syncs: SyncStore }>;
    let store: OutcomeStore;
    let syncs: SyncStore;
    const tenantId = newId('tenant');
    const integrationId = newId('integration');
    let syncId = newId('sync');
    const alice = newId('user');
    const bob = newId('user');

    beforeEach(async () => {
      subject = await factory();
      ({ outcomes: store, syncs } = subject.port);
      const sync = buildSync(tenantId, integrationId);
      syncId = sync.id;
      await syncs.queue(sync);
    });
    afterEach(() => subject.dispose());

    const row = (seq: number, parts: Partial<OutcomeRow> = {}) => buildOutcomeRow(syncId, seq, parts);
    const failed = (seq: number) => row(seq, { outcome: 'failed', reason: 'typeMismatch', link: 'none' });
    const page = (number: number, firstSeq: number, parts: Parameters<typeof buildPlannedPage>[3]) =>
      buildPlannedPage({ tenantId, integrationId, syncId }, number, firstSeq, parts);
    const report = (parts: Partial<SliceReport>): SliceReport => ({
      kind: 'slice',
      tenantId,
      integrationId,
      syncId,
      round: 0,
      slice: 0,
      wholePage: null,
      applied: [],
      drifted: [],
      ...parts,
    });
    const settle = (number: number, ...rows: OutcomeRow[]) =>
      store.insertExceptions(
        tenantId,
        syncId,
        rows.map((one) => ({ ...one, page: number })),
      );
    const list = (filter: OutcomeFilter = {}, after = -1, limit = 100) =>
      store.list(tenantId, syncId, filter, after, limit);
    const states = async () => Object.fromEntries((await list()).map((one) => [one.seq, one.effectiveState]));
    const totals = async () =>
      Object.fromEntries(
        (await store.totals(tenantId, syncId)).map((one) => [
          `${one.outcome}:${one.reason}:${one.state ?? ''}`,
          one.count,
        ]),
      );
    const supersede = () => syncs.move(tenantId, syncId, 'queued', 'queued', { supersededBy: newId('sync') });

    describe('planned pages', () => {
      it('gives rows back as they were planned, also after a restart', async () => {
        const full = row(0, {
          outcome: 'updated',
          reason: 'changed',
          label: 'Žofie Ødegård',
          changes: { title: ['Cook', 'Chef'], 'custom.tags': [null, ['a', 'b']] },
          problems: [{ attribute: 'hireDate', code: 'typeMismatch', expression: 'x', message: 'no date' }],
          userVersion: 7,
          dueDate: '2026-02-01',
          detail: { matchedBy: 'link', otherSeqs: [4] },
        });
        await store.insertPlanned(page(0, 0, { rows: [full, failed(1)] }));
        const again = (await subject.reopen()).outcomes;
        expect(await again.list(tenantId, syncId, {}, -1, 10)).toEqual([
          { ...full, syncId, page: 0, rank: 0, effectiveState: 'planned' },
          { ...failed(1), syncId, page: 0, rank: 0, effectiveState: null },
        ]);
      });

      it('gives back a page of any size', async () => {
        const wide = (seq: number) => row(seq, { changes: { title: [null, randomBytes(450_000).toString('base64')] } });
        const rows = Array.from({ length: 30 }, (_, seq) => wide(seq));
        expect(await store.insertPlanned(page(0, 0, { rows }))).toBe('inserted');
        expect(await store.insertPlanned(page(1, 30, { rows: [row(30)] }))).toBe('inserted');
        const changes = (found: readonly OutcomeRow[]) => found.map((one) => [one.seq, one.changes]);
        expect(changes((await store.pagePlan(tenantId, syncId, 0)).rows)).toEqual(changes(rows));
        expect(changes(await store.bySeqs(tenantId, syncId, [29, 30]))).toEqual(changes([rows[29]!, row(30)]));
        expect(changes(await store.list(tenantId, syncId, {}, -1, 40))).toEqual(changes([...rows, row(30)]));
        expect(await store.progress(tenantId, syncId)).toMatchObject({ plannedPages: 2, plannedRecords: 31 });
      });

      it('keeps what drifted as it was planned: shown and counted, and nothing that could be applied', async () => {
        const drifted = (seq: number) => row(seq, { outcome: 'updated', reason: 'undone', state: 'drifted' });
        await store.insertPlanned(page(0, 0, { rows: [row(0), drifted(1)] }));
        await store.insertPlanned(page(1, 2, { rows: [drifted(2)] }));
        expect(await store.applicablePages(tenantId, syncId)).toEqual([0]);
        expect(await store.countHeld(tenantId, syncId)).toBe(1);
        await store.recordSlice(report({ wholePage: 0 }));
        expect(await states()).toEqual({ 0: 'applied', 1: 'drifted', 2: 'drifted' });
        expect(await totals()).toEqual({ 'created:new:applied': 1, 'updated:undone:drifted': 2 });
        expect((await list({ state: 'drifted' })).map(({ seq }) => seq)).toEqual([1, 2]);
        expect((await list({ state: 'applied' })).map(({ seq }) => seq)).toEqual([0]);
        await store.cancelPlanned(tenantId, syncId);
        expect(await states()).toEqual({ 0: 'applied', 1: 'drifted', 2: 'drifted' });
      });

      it('takes a page once', async () => {
        expect(await store.insertPlanned(page(0, 0, { rows: [row(0)] }))).toBe('inserted');
        expect(await store.insertPlanned(page(0, 0, { rows: [row(0)] }))).toBe('duplicate');
        expect(await totals()).toEqual({ 'created:new:planned': 1 });
      });

      it('stores nothing of a page that comes after its sync has ended', async () => {
        await store.insertPlanned(page(0, 0, { rows: [row(0)] }));
        await store.cancelPlanned(tenantId, syncId);
        await syncs.move(tenantId, syncId, 'queued', 'cancelled', {});
        const progress = await store.progress(tenantId, syncId);
        expect(await store.insertPlanned(page(1, 1, { rows: [row(1)] }))).toBe('ended');
        expect(await totals()).toEqual({ 'created:new:cancelled': 1 });
        expect(await states()).toEqual({ 0: 'cancelled' });
        expect(await store.progress(tenantId, syncId)).toEqual(progress);
      });

      it('takes pages in any order and says which are missing', async () => {
        await store.insertPlanned(page(2, 4, { rows: [row(4)] }));
        await store.insertPlanned(page(0, 0, { rows: [row(0), row(1)] }));
        expect(await store.missingPages(tenantId, syncId, 0, 4)).toEqual([1, 3]);
        expect(await store.progress(tenantId, syncId)).toEqual({
          plannedPages: 2,
          plannedRecords: 3,
          removalPages: 0,
          exceptions: 0,
        });
      });

      it('counts nothing of a sync that it does not know, nor of another tenant', async () => {
        await store.insertPlanned(page(0, 0, { rows: [row(0)] }));
        const none = { plannedPages: 0, plannedRecords: 0, removalPages: 0, exceptions: 0 };
        expect(await store.progress(tenantId, newId('sync'))).toEqual(none);
        expect(await store.progress(newId('tenant'), syncId)).toEqual(none);
        expect(await store.list(newId('tenant'), syncId, {}, -1, 10)).toEqual([]);
        expect(await store.bySeqs(newId('tenant'), syncId, [0])).toEqual([]);
        expect(await store.totals(newId('tenant'), syncId)).toEqual([]);
        expect(await store.totalsOfEach(newId('tenant'), [syncId])).toEqual([[]]);
      });

      it('hands out facts in page order, those of removals not', async () => {
        await store.insertPlanned(page(1, 1, { rows: [row(1)] }));
        await store.insertPlanned(page(0, 0, { rows: [row(0)] }));
        await store.insertRemovals(tenantId, syncId, 2, 2, [row(2, { outcome: 'deprovisioned', recordHash: null })]);
        const facts = await store.facts(tenantId, syncId, 0, 10);
        expect(facts.map((one) => [one.page, one.firstSeq, one.records, Buffer.from(one.facts).toString()])).toEqual([
          [0, 0, 1, 'facts of 0'],
          [1, 1, 1, 'facts of 1'],
        ]);
        expect(facts[1]?.digest).toBe('1'.padStart(64, '0'));
        expect((await store.facts(tenantId, syncId, 1, 10)).map((one) => one.page)).toEqual([1]);
        expect((await store.facts(tenantId, syncId, 0, 1)).map((one) => one.page)).toEqual([0]);
      });

      it('packs the unchanged: counted, not listed, found by sequence', async () => {
        const unchanged = { seqs: [0, 2], userIds: [alice, bob] };
        await store.insertPlanned(page(0, 0, { rows: [row(1)], unchanged }));
        expect((await list()).map((one) => one.seq)).toEqual([1]);
        expect(await totals()).toEqual({ 'created:new:planned': 1, 'skipped:unchanged:': 2 });
        expect(await store.unchangedUser(tenantId, syncId, 0)).toBe(alice);
        expect(await store.unchangedUser(tenantId, syncId, 2)).toBe(bob);
        expect(await store.unchangedUser(tenantId, syncId, 1)).toBeNull();
        expect(await store.unchangedUser(tenantId, syncId, 3)).toBeNull();
      });
    });

    describe('a search by text', () => {
      const find = async (q: string, filters: readonly OutcomeFilter[] = [{}], after = -1, limit = 9) => {
        const { rows, ...told } = await store.find(tenantId, syncId, filters, q, after, limit);
        return { seqs: rows.map(({ seq }) => seq), ...told };
      };
      const seqs = async (q: string) => (await find(q)).seqs;

      it('finds people by part of their name, source id, or the keys that the outcome gives them', async () => {
        const changes: OutcomeRow['changes'] = {
          email: [null, 'Žofie@x.y'],
          employeeId: [null, 'E7'],
          title: [null, 'Chef'],
        };
        const named = row(0, { label: 'Weiß', sourceId: 'W-9', changes });
        await store.insertPlanned(page(0, 0, { rows: [named, row(1, { label: 'Bo', sourceId: 'W-1' })] }));
        for (const q of ['WEISS', 'w-9', 'žofie@', 'e7', '9']) expect(await seqs(q), q).toEqual([0]);
        expect(await seqs('chef')).toEqual([]);
        expect(await seqs('w-')).toEqual([0, 1]);
      });

      it('takes wildcards literally, and finds nothing across two people or two values', async () => {
        await store.insertPlanned(
          page(0, 0, {
            rows: [
              row(0, { label: 'ŻANETA Łuczak', sourceId: 'HR-0007', changes: {} }),
              row(1, { label: 'Jörg Straße', sourceId: 'HR_0008', changes: {} }),
              row(2, { label: null, sourceId: '100%', changes: {} }),
              row(3, { label: 'Two\nlines', sourceId: 'tab\tbed', changes: {} }),
            ],
          }),
        );
        expect(await seqs('żaneta łu')).toEqual([0]);
        expect(await seqs('STRASSE')).toEqual([1]);
        expect(await seqs('JO\u0308RG')).toEqual([1]);
        expect(await seqs('hr-')).toEqual([0]);
        expect(await seqs('_')).toEqual([1]);
        expect(await seqs('%')).toEqual([2]);
        expect(await seqs('two lines')).toEqual([3]);
        expect(await seqs('tab bed')).toEqual([3]);
        expect(await seqs('0008100')).toEqual([]);
        expect(await seqs('straßehr')).toEqual([]);
        expect(await seqs('straße hr')).toEqual([]);
        expect(await seqs('nobody')).toEqual([]);
      });

      it('finds unchanged people, and those whose change is of something else, by what is known of their users', async () => {
        const updated = row(2, { outcome: 'updated', reason: 'changed', userId: bob, label: 'Bob', changes: {} });
        await store.insertPlanned(
          page(0, 0, { rows: [row(0), updated], unchanged: { seqs: [1], userIds: [alice] } }),
          new Map([
            [alice, 'alice liddell\nalice@x.y'],
            [bob, 'bob\nbob@x.y'],
          ]),
        );
        const { rows, ...told } = await store.find(tenantId, syncId, [{}], 'LIDDELL', -1, 9);
        expect(rows).toMatchObject([{ seq: 1, outcome: 'skipped', reason: 'unchanged', userId: alice, page: 0 }]);
        expect(rows[0]).toMatchObject({ label: null, sourceId: null, effectiveState: null, syncId });
        expect(told).toEqual({ next: null, total: 1, totalIsAtLeast: false });
        expect(await find('@x.y')).toMatchObject({ seqs: [1, 2], total: 2 });
        expect(await find('@x.y', [{ outcome: 'updated' }])).toMatchObject({ seqs: [2], total: 1 });
        expect(await find('@x.y', [{ reason: 'unchanged' }])).toMatchObject({ seqs: [1], total: 1 });
        expect(await find('@x.y', [{ exceptReason: 'unchanged' }])).toMatchObject({ seqs: [2], total: 1 });
      });

      it('finds unchanged people by their source id', async () => {
        const unchanged = { seqs: [0, 1, 2], userIds: [alice, bob, alice], sourceIds: ['W-0004', 'E7', null] };
        await store.insertPlanned(page(0, 0, { unchanged }), new Map([[bob, 'bob\nbob@x.y\ne7']]));
        expect(await seqs('w-0004')).toEqual([0]);
        expect(await seqs('W-000')).toEqual([0]);
        expect(await seqs('E7')).toEqual([1]);
        expect(await store.unchangedUser(tenantId, syncId, 0)).toBe(alice);
        expect((await store.pagePlan(tenantId, syncId, 0)).rows).toEqual([]);
      });

      it('finds what settling has made of somebody, and people who are missing', async () => {
        await store.insertPlanned(
          page(0, 0, {
            rows: [row(0, { label: 'Al' }), row(1, { label: 'Ada' })],
            unchanged: { seqs: [2], userIds: [bob] },
          }),
          new Map([[bob, 'al bob']]),
        );
        await settle(0, row(0, { label: 'Al', state: 'held' }), { ...failed(2), label: 'Al Bob' });
        const gone = row(3, { outcome: 'deprovisioned', reason: 'missingFromSnapshot', label: 'Alma', sourceId: 'x' });
        await store.insertRemovals(tenantId, syncId, 1, 3, [gone]);
        expect(await find('al')).toEqual({ seqs: [0, 2, 3], next: null, total: 3, totalIsAtLeast: false });
        expect((await find('al', [{ state: 'held' }])).seqs).toEqual([0]);
        expect((await find('al', [{ outcome: 'failed' }, { outcome: 'deprovisioned' }])).seqs).toEqual([2, 3]);
        expect((await find('al', [{ reason: 'unchanged' }])).seqs).toEqual([]);
        await store.recordSlice(report({ wholePage: 0, applied: [0] }));
        expect((await find('al', [{ state: 'applied' }])).seqs).toEqual([0]);
      });

      it('goes on after a sequence, and counts the same on every page of it', async () => {
        for (let number = 0; number < 40; number += 1) {
          const al = row(number * 2, number % 2 === 0 ? { label: 'Al' } : { ...failed(number * 2), label: 'Al' });
          await store.insertPlanned(page(number, number * 2, { rows: [al, row(number * 2 + 1, { label: 'Bo' })] }));
        }
        const walk = async (filters: readonly OutcomeFilter[]) => {
          const seen: number[] = [];
          for (let after: number | null = -1; after !== null;) {
            const found = await find('al', filters, after, 7);
            expect(found).toMatchObject({ total: filters[0]?.outcome === undefined ? 40 : 20, totalIsAtLeast: false });
            seen.push(...found.seqs);
            after = found.next;
          }
          return seen;
        };
        expect(await walk([{}])).toEqual(Array.from({ length: 40 }, (_, index) => index * 2));
        expect(await walk([{ outcome: 'failed' }])).toEqual(Array.from({ length: 20 }, (_, index) => index * 4 + 2));
      });

      it('counts exactly up to 10,000, also those of them who fit a filter', async () => {
        const label = (number: number) => (number < 33 ? 'Alan Bobo' : 'Alan');
        const named = (seq: number, number: number) => ({ ...failed(seq), label: label(number), problems: [] });
        for (let number = 0; number < 40; number += 1) {
          const rows = Array.from({ length: 300 }, (_, index) =>
            index === 299 ? row(number * 300 + index, { label: label(number) }) : named(number * 300 + index, number),
          );
          await store.insertPlanned(page(number, number * 300, { rows }));
        }
        for (const q of ['al', 'ala', 'alan']) {
          expect(await find(q, [{}], -1, 2)).toEqual({ seqs: [0, 1], next: 1, total: 10_000, totalIsAtLeast: true });
          expect(await find(q, [{}], 11_997, 9)).toMatchObject({ seqs: [11_998, 11_999], next: null, total: 10_000 });
        }
        for (const q of ['bo', 'bob', 'bobo']) {
          expect(await find(q, [{}], 5000, 2)).toMatchObject({
            seqs: [5001, 5002],
            total: 9_900,
            totalIsAtLeast: false,
          });
        }
        for (const q of ['al', 'ala', 'alan']) {
          const first = await find(q, [{ outcome: 'created' }], -1, 30);
          expect(first).toMatchObject({ next: 29 * 300 + 299, total: 40, totalIsAtLeast: false });
          const second = await find(q, [{ outcome: 'created' }], first.next ?? -1, 30);
          expect(second).toMatchObject({ next: null, total: 40, totalIsAtLeast: false });
          expect([...first.seqs, ...second.seqs]).toEqual(Array.from({ length: 40 }, (_, index) => index * 300 + 299));
          expect(await find(q, [{ outcome: 'failed' }], -1, 1)).toMatchObject({ total: 10_000, totalIsAtLeast: true });
        }
        expect(await find('bobo', [{ outcome: 'failed' }], 9_000, 9)).toMatchObject({
          total: 33 * 299,
          totalIsAtLeast: false,
        });
      });

      it('reads a bounded number of outcomes where many are found, many fit, many do not, and the list goes on', async () => {
        for (let number = 0; number < 80; number += 1) {
          const rows = Array.from({ length: 300 }, (_, index) => {
            const seq = number * 300 + index;
            if (index % 2 === 0) return { ...failed(seq), label: 'Alan', problems: [] };
            return row(seq, { label: number < 60 ? 'Bea Ash' : number === 79 && index === 299 ? 'Bea Cole' : 'Bea' });
          });
          rows[298] = { ...rows[298]!, label: number === 79 ? 'Alan Bea' : 'Alan' };
          await store.insertPlanned(page(number, number * 300, { rows }));
        }
        // 9,000 found; whom the filters fit, and whom not, 12,000 each.
        expect(await find('ash', [{ outcome: 'failed' }])).toMatchObject({ seqs: [], total: 0, totalIsAtLeast: false });
        expect(await find('ash', [{ state: 'planned' }])).toMatchObject({ total: 9_000, totalIsAtLeast: false });
        let next: number | null = -1;
        const seen: number[] = [];
        let reads = 0;
        for (; next !== null; reads += 1) {
          const found = await find('bea', [{ outcome: 'failed' }], next);
          expect(found.next === null || found.next > next).toBe(true);
          if (found.next !== null) expect(found.totalIsAtLeast).toBe(true);
          seen.push(...found.seqs);
          next = found.next;
        }
        expect(seen).toEqual([79 * 300 + 298]);
        expect(reads).toBeGreaterThan(1);
      });

      it('takes each page for what it is: neighbours that are applied and planned have different people who fit', async () => {
        const kinds: Partial<OutcomeRow>[] = [
          {},
          { outcome: 'failed', reason: 'typeMismatch', link: 'none' },
          { outcome: 'skipped', reason: 'duplicateRecord', link: 'absent' },
        ];
        for (const number of [0, 1]) {
          const rows = Array.from({ length: 16 }, (_, index) =>
            row(number * 16 + index, { label: 'Ada', ...kinds[Math.min(index, 2)] }),
          );
          await store.insertPlanned(page(number, number * 16, { rows }));
        }
        for (const number of [2, 3]) {
          const common: Partial<OutcomeRow> = number === 2 ? kinds[1]! : { outcome: 'updated', reason: 'changed' };
          const rows = Array.from({ length: 160 }, (_, index) => {
            const parts = index === 0 ? {} : index === 1 ? { ...common, state: 'held' as const } : common;
            return row(32 + (number - 2) * 160 + index, {
              label: 'Bea',
              outcome: 'updated',
              reason: 'changed',
              ...parts,
            });
          });
          await store.insertPlanned(page(number, 32 + (number - 2) * 160, { rows }));
        }
        for (const wholePage of [0, 2]) await store.recordSlice(report({ slice: wholePage, wholePage }));
        const filters: OutcomeFilter[] = [{ outcome: 'failed' }, { state: 'planned' }];
        expect(await find('ada', filters)).toEqual({ seqs: [1, 16, 17], next: null, total: 3, totalIsAtLeast: false });
        const listed = await Promise.all(filters.map((filter) => list(filter, 31, 400)));
        expect(await find('bea', filters, 31, 400)).toMatchObject({
          seqs: listed
            .flat()
            .map(({ seq }) => seq)
            .sort((a, b) => a - b),
          total: listed.flat().length,
          totalIsAtLeast: false,
        });
      });

      it('finds those whom the filters fit, and no others, whatever has become of them', async () => {
        const names = ['al', 'alma', 'bo', 'bob'];
        const kinds = ['unchanged', 'created', 'updated', 'failed', 'held'] as const;
        const company = fc.record({
          rare: fc.constantFrom(...kinds),
          common: fc.constantFrom(...kinds),
          every: fc.integer({ min: 2, max: 30 }),
          settled: fc.uniqueArray(fc.nat(95), { maxLength: 12 }),
          rejected: fc.uniqueArray(fc.nat(95), { maxLength: 6 }),
          applied: fc.nat(5),
        });
        const filters: OutcomeFilter[] = [
          { outcome: 'created' },
          { outcome: 'failed' },
          { reason: 'unchanged' },
          { exceptReason: 'unchanged' },
          ...(['planned', 'held', 'applied', 'rejected'] as const).map((state) => ({ state })),
          { outcome: 'updated', state: 'held' },
        ];
        await fc.assert(
          fc.asyncProperty(company, async ({ rare, common, every, settled, rejected, applied }) => {
            const sync = buildSync(tenantId, integrationId);
            await syncs.queue(sync);
            syncId = sync.id;
            const kindOf = (seq: number) => (seq % every === 0 ? rare : common);
            const nameOf = (seq: number) => names[(seq * 7) % 4] ?? '';
            const build = (seq: number): OutcomeRow => {
              const label = nameOf(seq);
              if (kindOf(seq) === 'failed') return { ...failed(seq), label };
              if (kindOf(seq) === 'created') return row(seq, { label });
              const state = kindOf(seq) === 'held' ? ('held' as const) : null;
              return row(seq, { label, outcome: 'updated', reason: 'changed', state, userId: newId('user') });
            };
            for (let number = 0; number < 4; number += 1) {
              const all = Array.from({ length: 24 }, (_, index) => number * 24 + index);
              const unchanged = all.filter((seq) => kindOf(seq) === 'unchanged');
              const users = unchanged.map((seq) => [newId('user'), nameOf(seq)] as const);
              await store.insertPlanned(
                page(number, number * 24, {
                  rows: all.filter((seq) => kindOf(seq) !== 'unchanged').map(build),
                  unchanged: { seqs: unchanged, userIds: users.map(([user]) => user) },
                }),
                new Map(users),
              );
            }
            for (const seq of settled) {
              await settle(Math.floor(seq / 24), { ...failed(seq), label: nameOf(seq) });
            }
            await store.reject(tenantId, syncId, rejected);
            if (applied < 4) await store.recordSlice(report({ wholePage: applied }));
            const rows = await list({}, -1, 200);
            const withRow = new Set(rows.map(({ seq }) => seq));
            const everybody = [
              ...rows.map((one) => ({ ...one, state: one.effectiveState })),
              ...Array.from({ length: 96 }, (_, seq) => seq)
                .filter((seq) => !withRow.has(seq))
                .map((seq) => ({ seq, outcome: 'skipped' as const, reason: 'unchanged' as const, state: null })),
            ].sort((a, b) => a.seq - b.seq);
            for (const q of ['al', 'alma', 'bob']) {
              for (const filter of filters) {
                const fitting = everybody
                  .filter((one) => fitsFilter(one, filter) && nameOf(one.seq).includes(q))
                  .map(({ seq }) => seq);
                const found = await find(q, [filter], -1, 200);
                expect(found, `${q} ${JSON.stringify(filter)}`).toEqual({
                  seqs: fitting,
                  next: null,
                  total: fitting.length,
                  totalIsAtLeast: false,
                });
              }
            }
          }),
          { numRuns: 12 },
        );
      });

      it('finds people in several syncs at once, of each sync in the order in which they are given', async () => {
        const second = buildSync(tenantId, integrationId);
        const third = buildSync(tenantId, integrationId);
        for (const sync of [second, third]) await syncs.queue(sync);
        const put = (id: SyncId, number: number, firstSeq: number, parts: Parameters<typeof buildPlannedPage>[3]) =>
          store.insertPlanned(
            buildPlannedPage({ tenantId, integrationId, syncId: id }, number, firstSeq, parts),
            new Map([[alice, 'al unchanged']]),
          );
        const al = (id: SyncId, seq: number) => buildOutcomeRow(id, seq, { label: 'Al' });
        await put(syncId, 0, 0, { rows: [{ ...failed(0), label: 'AL' }, row(1, { label: 'Bo' })] });
        await put(second.id, 1, 40, { rows: [al(second.id, 40)] });
        await put(second.id, 0, 0, { rows: [al(second.id, 0)], unchanged: { seqs: [1], userIds: [alice] } });
        await put(third.id, 0, 0, { rows: [buildOutcomeRow(third.id, 0, { label: 'Bo' })] });
        const among = async (q: string, limit = 9) =>
          (await store.findAmong(tenantId, [third.id, second.id, newId('sync'), syncId], q, limit)).map((one) => [
            one.syncId,
            one.seq,
            one.reason,
          ]);
        const all = [
          [second.id, 0, 'new'],
          [second.id, 1, 'unchanged'],
          [second.id, 40, 'new'],
          [syncId, 0, 'typeMismatch'],
        ];
        for (const q of ['al', 'A', 'aL']) expect(await among(q), q).toEqual(all);
        expect(await among('al', 2)).toEqual(all.slice(0, 2));
        expect(await among('unchanged')).toEqual([all[1]]);
        expect(await among('nobody')).toEqual([]);
        const outlines = await syncs.outlines(tenantId, integrationId, null, 3);
        expect(outlines.map(({ id, records }) => [id, records])).toEqual([
          [third.id, 1],
          [second.id, 3],
          [syncId, 2],
        ]);
        const [unchanged] = await store.findAmong(tenantId, [second.id], 'unchanged', 9);
        expect(unchanged).toMatchObject({ userId: alice, page: 0, sourceId: null });
        expect(await store.findAmong(tenantId, [], 'al', 9)).toEqual([]);
        expect(await store.findAmong(newId('tenant'), [syncId], 'al', 9)).toEqual([]);
      });

      it('finds nothing once retention has taken the rows', async () => {
        await store.insertPlanned(page(0, 0, { rows: [row(0, { label: 'Al' })] }));
        await syncs.move(tenantId, syncId, 'queued', 'completed', { endedAt: '2026-01-02T00:00:00.000Z' });
        expect(await seqs('al')).toEqual([0]);
        await store.deleteEndedBefore('2026-02-01T00:00:00.000Z', '2026-02-01T00:00:00.000Z', [], 9);
        expect(await seqs('al')).toEqual([]);
      });
    });

    describe('the history of a user', () => {
      const updated = (seq: number, userId: UserId, parts: Partial<OutcomeRow> = {}) =>
        row(seq, { outcome: 'updated', reason: 'changed', userId, changes: { title: ['a', 'b'] }, ...parts });
      const places = async (userId: UserId, after: OutcomePlace | null = null, limit = 9) =>
        (await store.history(tenantId, userId, after, limit)).map((one) => [one.syncId, one.seq]);
      /** Another sync, queued after those that there are, with one page of these rows. */
      async function later(...rows: OutcomeRow[]): Promise<SyncId> {
        const sync = buildSync(tenantId, integrationId);
        await syncs.queue(sync);
        const ids = { tenantId, integrationId, syncId: sync.id };
        await store.insertPlanned(buildPlannedPage(ids, 0, rows[0]?.seq ?? 0, { rows }));
        return sync.id;
      }

      it('is every outcome that names them, of the newest sync first, the creation last', async () => {
        await store.insertPlanned(page(0, 0, { rows: [row(0), row(1)] }));
        const born = createdUserId(syncId, 1);
        const second = await later(updated(0, born), updated(1, alice), updated(7, born));
        const third = await later(row(3, { outcome: 'failed', reason: 'keyCollision', userId: born, link: 'none' }));
        const all = [
          [third, 3],
          [second, 7],
          [second, 0],
          [syncId, 1],
        ];
        expect(await places(born)).toEqual(all);
        expect(await places(alice)).toEqual([[second, 1]]);
        expect(await places(bob)).toEqual([]);
        for (const [index, [of, seq]] of all.entries()) {
          expect(await places(born, { syncId: of as SyncId, seq: seq as number }, 1)).toEqual(
            all.slice(index + 1, index + 2),
          );
        }
        expect(await store.history(newId('tenant'), born, null, 9)).toEqual([]);
        store = (await subject.reopen()).outcomes;
        expect((await store.history(tenantId, born, null, 2))[0]).toMatchObject({
          reason: 'keyCollision',
          effectiveState: null,
        });
      });

      it('shows outcomes as they ended, also those that only settling made', async () => {
        await store.insertPlanned(page(0, 0, { rows: [updated(0, alice), updated(1, bob), updated(2, alice)] }));
        await settle(
          0,
          updated(0, alice, { state: 'held' }),
          row(1, { outcome: 'skipped', reason: 'duplicateRecord', userId: alice }),
        );
        await store.insertRemovals(tenantId, syncId, 1, 3, [
          row(3, { outcome: 'deprovisioned', reason: 'missingFromSnapshot', userId: bob, recordHash: null }),
        ]);
        await store.recordSlice(report({ wholePage: 0, drifted: [{ seq: 2, cause: 'version' }] }));
        expect(
          (await store.history(tenantId, alice, null, 9)).map((one) => [one.seq, one.reason, one.effectiveState]),
        ).toEqual([
          [2, 'changed', 'drifted'],
          [1, 'duplicateRecord', null],
          [0, 'changed', 'held'],
        ]);
        expect((await store.history(tenantId, bob, null, 9)).map((one) => [one.seq, one.effectiveState])).toEqual([
          [3, 'planned'],
        ]);
      });

      it('is planned no more once its sync is superseded', async () => {
        await store.insertPlanned(page(0, 0, { rows: [updated(0, alice)] }));
        await supersede();
        expect((await store.history(tenantId, alice, null, 9))[0]?.effectiveState).toBe('superseded');
      });

      it('goes with the rows that it is made of', async () => {
        await store.insertPlanned(page(0, 0, { rows: [row(0), updated(1, alice)] }));
        await settle(0, updated(0, alice));
        await syncs.move(tenantId, syncId, 'queued', 'completed', { endedAt: '2026-01-02T00:00:00.000Z' });
        const next = await later(updated(0, alice));
        await store.deleteEndedBefore('2026-02-01T00:00:00.000Z', '2026-02-01T00:00:00.000Z', [], 9);
        expect(await places(alice)).toEqual([[next, 0]]);
        expect(await places(createdUserId(syncId, 0))).toEqual([]);
      });
    });

    describe('settling', () => {
      it('overrides a planned row and moves it between totals', async () => {
        await store.insertPlanned(page(0, 0, { rows: [row(0), row(1)] }));
        await settle(0, row(1, { outcome: 'failed', reason: 'keyCollision', link: 'none' }));
        expect(await totals()).toEqual({ 'created:new:planned': 1, 'failed:keyCollision:': 1 });
        expect((await list()).map((one) => [one.seq, one.outcome, one.rank])).toEqual([
          [0, 'created', 0],
          [1, 'failed', 1],
        ]);
        expect(await store.progress(tenantId, syncId)).toMatchObject({ plannedRecords: 2, exceptions: 1 });
      });

      it('leaves a settled row as it is when another comes', async () => {
        await store.insertPlanned(page(0, 0, { rows: [row(0)] }));
        await settle(0, row(0, { state: 'held' }));
        await settle(0, row(0, { outcome: 'failed', reason: 'keyCollision' }));
        expect(await totals()).toEqual({ 'created:new:held': 1 });
        expect(await store.progress(tenantId, syncId)).toMatchObject({ exceptions: 1 });
      });

      it('overrides a packed unchanged record', async () => {
        await store.insertPlanned(page(0, 0, { unchanged: { seqs: [0, 1], userIds: [alice, bob] } }));
        await settle(0, row(1, { outcome: 'skipped', reason: 'duplicateRecord', link: 'none' }));
        expect(await totals()).toEqual({ 'skipped:unchanged:': 1, 'skipped:duplicateRecord:': 1 });
        expect(await store.unchangedUser(tenantId, syncId, 1)).toBeNull();
        expect((await list()).map((one) => one.seq)).toEqual([1]);
      });

      it('keeps a last word above what is settled afterwards', async () => {
        await store.insertPlanned(page(0, 0, { rows: [row(0)] }));
        await store.reject(tenantId, syncId, [0]);
        await settle(0, row(0, { state: 'held' }));
        expect(await totals()).toEqual({ 'created:new:rejected': 1 });
        expect(await states()).toEqual({ 0: 'rejected' });
      });

      it('takes removals as a page of their own, once', async () => {
        await store.insertPlanned(page(0, 0, { rows: [row(0)] }));
        const gone = row(1, {
          outcome: 'deprovisioned',
          reason: 'missingFromSnapshot',
          recordHash: null,
          link: 'absent',
        });
        for (let times = 0; times < 2; times += 1) {
          await store.insertRemovals(tenantId, syncId, 1, 1, [gone, { ...gone, seq: 2, state: 'held' }]);
        }
        expect(await totals()).toEqual({
          'created:new:planned': 1,
          'deprovisioned:missingFromSnapshot:planned': 1,
          'deprovisioned:missingFromSnapshot:held': 1,
        });
        expect(await store.progress(tenantId, syncId)).toEqual({
          plannedPages: 1,
          plannedRecords: 1,
          removalPages: 1,
          exceptions: 0,
        });
        expect((await store.pagePlan(tenantId, syncId, 1)).rows.map((one) => one.seq)).toEqual([1, 2]);
      });
    });

    describe('applying', () => {
      beforeEach(async () => {
        await store.insertPlanned(page(0, 0, { rows: [row(0), row(1), row(2), failed(3)] }));
        await store.insertPlanned(page(1, 4, { rows: [row(4)] }));
      });

      it('applies a whole page except what drifted', async () => {
        await store.recordSlice(report({ wholePage: 0, drifted: [{ seq: 1, cause: 'version' }] }));
        expect(await states()).toEqual({ 0: 'applied', 1: 'drifted', 2: 'applied', 3: null, 4: 'planned' });
        expect(await totals()).toEqual({
          'created:new:applied': 2,
          'created:new:drifted': 1,
          'created:new:planned': 1,
          'failed:typeMismatch:': 1,
        });
      });

      it('says which key drifted', async () => {
        await store.recordSlice(
          report({
            wholePage: 0,
            drifted: [
              { seq: 0, cause: 'email' },
              { seq: 1, cause: 'employeeId' },
              { seq: 2, cause: 'link' },
            ],
          }),
        );
        const [first, second, third] = await store.bySeqs(tenantId, syncId, [0, 1, 2]);
        expect(first?.detail?.key).toBe('email');
        expect(second?.detail?.key).toBe('employeeId');
        expect(third?.detail?.note).toContain('link');
        expect(first?.changes).toEqual(row(0).changes);
      });

      it('leaves held rows and transfers out of a whole page', async () => {
        await settle(0, row(0, { state: 'held' }), row(1, { detail: { transfer: 1 } }));
        await store.recordSlice(report({ wholePage: 0 }));
        expect(await states()).toMatchObject({ 0: 'held', 1: 'planned', 2: 'applied' });
        expect(await store.countHeld(tenantId, syncId)).toBe(3);
      });

      it('lets a settled row without a state follow its page', async () => {
        await settle(0, row(0, { outcome: 'updated', reason: 'changed', state: null }));
        await store.recordSlice(report({ wholePage: 0 }));
        expect(await states()).toMatchObject({ 0: 'applied' });
      });

      it('applies named outcomes alone', async () => {
        await settle(0, row(0, { state: 'held' }));
        await store.recordSlice(report({ round: 1, applied: [0, 4] }));
        expect(await states()).toEqual({ 0: 'applied', 1: 'planned', 2: 'planned', 3: null, 4: 'applied' });
        expect((await store.bySeqs(tenantId, syncId, [0]))[0]).toMatchObject({ rank: 2, changes: row(0).changes });
      });

      it('counts a slice once, in its round', async () => {
        await store.recordSlice(report({ wholePage: 0 }));
        await store.recordSlice(report({ applied: [4], drifted: [{ seq: 0, cause: 'version' }] }));
        expect(await states()).toMatchObject({ 0: 'applied', 4: 'planned' });
        await store.recordSlice(report({ slice: 1, wholePage: 1 }));
        await store.recordSlice(report({ round: 1, slice: 0 }));
        expect(await store.slicesEnded(tenantId, syncId, 0)).toBe(2);
        expect(await store.slicesEnded(tenantId, syncId, 1)).toBe(1);
      });

      it('never gives a state to failed and skipped rows', async () => {
        await store.recordSlice(report({ applied: [3], drifted: [{ seq: 3, cause: 'version' }] }));
        await store.reject(tenantId, syncId, [3]);
        expect(await states()).toMatchObject({ 3: null });
      });

      it('rejects what is planned or held and nothing else', async () => {
        await settle(0, row(0, { state: 'held' }));
        await store.recordSlice(report({ wholePage: 1 }));
        await store.reject(tenantId, syncId, [0, 1, 4]);
        expect(await states()).toEqual({ 0: 'rejected', 1: 'rejected', 2: 'planned', 3: null, 4: 'applied' });
      });

      it('supersedes what is planned or held and nothing else', async () => {
        await settle(0, row(0, { state: 'held' }));
        await store.recordSlice(report({ wholePage: 1 }));
        await store.supersede(tenantId, syncId, [0, 1, 3, 4]);
        await store.supersede(tenantId, syncId, [0, 1]);
        expect(await states()).toEqual({ 0: 'superseded', 1: 'superseded', 2: 'planned', 3: null, 4: 'applied' });
        expect(await totals()).toMatchObject({ 'created:new:superseded': 2, 'created:new:planned': 1 });
        expect(await store.countHeld(tenantId, syncId)).toBe(1);
      });

      it('leaves rejected rows out of a page that is applied afterwards', async () => {
        await store.reject(tenantId, syncId, [1]);
        await store.recordSlice(report({ wholePage: 0 }));
        expect(await states()).toMatchObject({ 0: 'applied', 1: 'rejected' });
      });

      it('cancels what is planned or held, keeps what was done', async () => {
        await settle(0, row(1, { state: 'held' }));
        await store.recordSlice(report({ wholePage: 1 }));
        await store.cancelPlanned(tenantId, syncId);
        await store.cancelPlanned(tenantId, syncId);
        expect(await states()).toEqual({ 0: 'cancelled', 1: 'cancelled', 2: 'cancelled', 3: null, 4: 'applied' });
        expect(await store.countHeld(tenantId, syncId)).toBe(0);
        expect(await totals()).toEqual({
          'created:new:cancelled': 3,
          'created:new:applied': 1,
          'failed:typeMismatch:': 1,
        });
      });

      it('records a slice that was out when the sync was cancelled', async () => {
        await store.cancelPlanned(tenantId, syncId);
        await store.recordSlice(report({ wholePage: 1 }));
        expect(await states()).toMatchObject({ 0: 'cancelled', 4: 'applied' });
      });

      it('totals several syncs as it totals each, in the order in which they are asked for', async () => {
        const other = buildSync(tenantId, integrationId);
        await syncs.queue(other);
        const rows = [buildOutcomeRow(other.id, 0), buildOutcomeRow(other.id, 1, { state: 'held' })];
        await store.insertPlanned(buildPlannedPage({ tenantId, integrationId, syncId: other.id }, 0, 0, { rows }));
        await store.recordSlice(report({ wholePage: 1 }));
        await supersede();
        const asked = [other.id, newId('sync'), syncId];
        const each = await Promise.all(asked.map(async (id) => store.totals(tenantId, id)));
        const byKey = (all: OutcomeTotal[][]) =>
          all.map((one) => one.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)));
        expect(byKey(await store.totalsOfEach(tenantId, asked))).toEqual(byKey(each));
        expect(each.map(({ length }) => length > 0)).toEqual([true, false, true]);
        expect(await store.totalsOfEach(tenantId, [])).toEqual([]);
      });

      it('shows what was not applied as superseded once the sync is', async () => {
        await settle(0, row(0, { state: 'held' }));
        await store.recordSlice(report({ wholePage: 1 }));
        await supersede();
        expect(await states()).toEqual({ 0: 'superseded', 1: 'superseded', 2: 'superseded', 3: null, 4: 'applied' });
        expect(await totals()).toMatchObject({ 'created:new:superseded': 3, 'created:new:applied': 1 });
        expect(await store.countHeld(tenantId, syncId)).toBe(0);
        expect(await store.applicablePages(tenantId, syncId)).toEqual([]);
        expect((await list({ state: 'superseded' })).map((one) => one.seq)).toEqual([0, 1, 2]);
      });
    });

    describe('page plans', () => {
      const refresh = (seq: number) => ({
        seq,
        sourceId: `s-${String(seq)}`,
        userId: alice,
        recordHash: 'r',
        userVersion: 2,
        dueDate: null,
      });

      it('hold every effective row of the page and its refreshes', async () => {
        await store.insertPlanned(
          page(0, 0, { rows: [row(0), failed(1)], unchanged: { seqs: [2], userIds: [alice] }, refresh: [refresh(2)] }),
        );
        await store.insertPlanned(page(1, 3, { rows: [row(3)] }));
        await settle(0, row(0, { state: 'held' }));
        const plan = await store.pagePlan(tenantId, syncId, 0);
        expect(plan.rows.map((one) => [one.seq, one.effectiveState])).toEqual([
          [0, 'held'],
          [1, null],
        ]);
        expect(plan.refresh).toEqual([refresh(2)]);
        expect(await store.pagePlan(tenantId, syncId, 9)).toEqual({ rows: [], refresh: [] });
      });

      it('are applicable where something can be applied, linked or refreshed', async () => {
        await store.insertPlanned(page(0, 0, { rows: [row(0)] }));
        await store.insertPlanned(page(1, 1, { rows: [failed(1)] }));
        await store.insertPlanned(page(2, 2, { unchanged: { seqs: [2], userIds: [alice] } }));
        await store.insertPlanned(page(3, 3, { unchanged: { seqs: [3], userIds: [alice] }, refresh: [refresh(3)] }));
        await store.insertPlanned(
          page(4, 4, { rows: [row(4, { outcome: 'skipped', reason: 'outOfScope', link: 'absent' })] }),
        );
        await store.insertPlanned(page(5, 5, { rows: [row(5)] }));
        await settle(5, failed(5));
        await store.insertRemovals(tenantId, syncId, 6, 6, [row(6, { outcome: 'deprovisioned', state: 'held' })]);
        expect(await store.applicablePages(tenantId, syncId)).toEqual([0, 3, 4, 6]);
        await store.recordSlice(report({ wholePage: 0 }));
        await store.recordSlice(report({ slice: 1, wholePage: 3 }));
        await store.recordSlice(report({ slice: 2, wholePage: 4 }));
        expect(await store.applicablePages(tenantId, syncId)).toEqual([6]);
      });

      it('count what is held or still planned', async () => {
        await store.insertPlanned(page(0, 0, { rows: [row(0), row(1), failed(2)] }));
        await settle(0, row(1, { state: 'held' }));
        expect(await store.countHeld(tenantId, syncId)).toBe(2);
        await store.recordSlice(report({ wholePage: 0 }));
        expect(await store.countHeld(tenantId, syncId)).toBe(1);
        await store.reject(tenantId, syncId, [1]);
        expect(await store.countHeld(tenantId, syncId)).toBe(0);
      });
    });

    describe('lists', () => {
      it('give the named rows, effective, and skip unknown sequences', async () => {
        await store.insertPlanned(page(0, 0, { rows: [row(0), row(1)] }));
        await settle(0, row(1, { state: 'held' }));
        const found = await store.bySeqs(tenantId, syncId, [1, 0, 99]);
        expect(found.map((one) => [one.seq, one.effectiveState])).toEqual([
          [1, 'held'],
          [0, 'planned'],
        ]);
      });

      it('go on after a sequence, in order, over pages', async () => {
        for (let number = 0; number < 30; number += 1) {
          await store.insertPlanned(page(number, number * 2, { rows: [row(number * 2), row(number * 2 + 1)] }));
        }
        const seen: number[] = [];
        for (let after = -1; ;) {
          const found = await list({}, after, 7);
          seen.push(...found.map((one) => one.seq));
          if (found.length < 7) break;
          after = found.at(-1)!.seq;
        }
        expect(seen).toEqual(Array.from({ length: 60 }, (_, seq) => seq));
      });

      it('filter by outcome, reason and effective state', async () => {
        await store.insertPlanned(page(0, 0, { rows: [row(0), failed(1), row(2)] }));
        await store.insertPlanned(page(1, 3, { rows: [row(3, { outcome: 'updated', reason: 'changed' })] }));
        await settle(0, row(2, { state: 'held' }));
        await store.recordSlice(report({ wholePage: 1 }));
        const seqs = async (filter: OutcomeFilter) => (await list(filter)).map((one) => one.seq);
        expect(await seqs({ outcome: 'created' })).toEqual([0, 2]);
        expect(await seqs({ outcome: 'created', state: 'held' })).toEqual([2]);
        expect(await seqs({ reason: 'typeMismatch' })).toEqual([1]);
        expect(await seqs({ state: 'applied' })).toEqual([3]);
        expect(await seqs({ state: 'planned' })).toEqual([0]);
        expect(await seqs({ outcome: 'reactivated' })).toEqual([]);
      });

      it('leave a reason out, rows and the pages that hold nothing else', async () => {
        const unchanged = row(0, { outcome: 'skipped', reason: 'unchanged', link: 'none' });
        const manual = row(3, { outcome: 'skipped', reason: 'manual', link: 'none' });
        await store.insertPlanned(page(0, 0, { rows: [unchanged], unchanged: { seqs: [1], userIds: [alice] } }));
        await store.insertPlanned(page(1, 2, { rows: [row(2), manual] }));
        const filter = { outcome: 'skipped', exceptReason: 'unchanged' } as const;
        expect((await list(filter)).map(({ seq }) => seq)).toEqual([3]);
      });
    });

    describe('the list of unchanged people', () => {
      const unchanged = async (after = -1, limit = 9) =>
        (await store.listUnchanged(tenantId, syncId, after, limit)).map((one) => [one.seq, one.userId]);
      const noRow = (seq: number) => row(seq, { outcome: 'skipped', reason: 'unchanged', link: 'none', userId: bob });
      const packed = (...seqs: number[]) => ({ seqs, userIds: seqs.map(() => alice) });

      it('is in order of sequence, goes on after one, and has packed ones and rows', async () => {
        await store.insertPlanned(page(1, 4, { rows: [row(4), row(5)] }));
        await store.insertPlanned(page(0, 0, { rows: [row(1), noRow(2)], unchanged: packed(0, 3) }));
        for (let number = 2; number < 12; number += 1) {
          const first = number * 3;
          await store.insertPlanned(page(number, first, { rows: [failed(first)], unchanged: packed(first + 1) }));
        }
        await settle(2, failed(7));
        const all = [
          [0, alice],
          [2, bob],
          [3, alice],
          ...Array.from({ length: 9 }, (_, index) => [10 + index * 3, alice]),
        ];
        expect(await unchanged(-1, 99)).toEqual(all);
        for (const [index, [seq]] of all.entries()) {
          expect(await unchanged(seq as number, 4)).toEqual(all.slice(index + 1, index + 5));
        }
        expect(await store.listUnchanged(newId('tenant'), syncId, -1, 9)).toEqual([]);
        const [first] = await store.listUnchanged(tenantId, syncId, -1, 1);
        expect(first).toMatchObject({ syncId, page: 0, outcome: 'skipped', reason: 'unchanged', effectiveState: null });
      });

      it('no longer says who they were once retention has taken that, and is empty once it has taken the rows', async () => {
        await store.insertPlanned(page(0, 0, { rows: [row(0)], unchanged: packed(1) }));
        await store.insertPlanned(page(1, 2, { unchanged: packed(2) }));
        await syncs.move(tenantId, syncId, 'queued', 'completed', { endedAt: '2026-01-01T00:00:00.000Z' });
        const later = '2026-02-01T00:00:00.000Z';
        await store.deleteEndedBefore(later, '2026-01-01T00:00:00.000Z', [], 9);
        expect(await unchanged()).toEqual([
          [1, null],
          [2, null],
        ]);
        const [forgotten] = await store.listUnchanged(tenantId, syncId, -1, 9);
        expect(forgotten?.detail?.note).toContain('past retention');
        await store.deleteEndedBefore(later, later, [], 9);
        expect(await unchanged()).toEqual([]);
      });
    });

    describe('retention', () => {
      async function end(at: string): Promise<void> {
        await store.insertPlanned(page(0, 0, { rows: [row(0)], unchanged: { seqs: [1], userIds: [alice] } }));
        await syncs.move(tenantId, syncId, 'queued', 'completed', { endedAt: at });
      }
      const old = '2026-01-01T00:00:00.000Z';
      const later = '2026-02-01T00:00:00.000Z';

      it('lets packed rows go before the others, and totals stay', async () => {
        await end(old);
        expect(await store.deleteEndedBefore(later, old, [], 10)).toBe(1);
        expect(await store.unchangedUser(tenantId, syncId, 1)).toBeNull();
        expect(await list()).toHaveLength(1);
        expect(await store.deleteEndedBefore(later, old, [], 10)).toBe(0);
        expect(await store.deleteEndedBefore(later, later, [], 10)).toBe(1);
        expect(await list()).toEqual([]);
        expect(await totals()).toEqual({ 'created:new:planned': 1, 'skipped:unchanged:': 1 });
      });

      it('leaves what is kept, what is too young and what has not ended', async () => {
        await end(old);
        expect(await store.deleteEndedBefore(later, later, [syncId], 10)).toBe(0);
        expect(await store.deleteEndedBefore(old, old, [], 10)).toBe(0);
        await syncs.move(tenantId, syncId, 'completed', 'applying', {});
        expect(await store.deleteEndedBefore(later, later, [], 10)).toBe(0);
        expect(await list()).toHaveLength(1);
      });
    });

    it('keeps totals, held counts and filters equal to a recount, whatever happens in which order', async () => {
      const seq = fc.integer({ min: 0, max: 11 });
      const seqs = fc.uniqueArray(seq, { maxLength: 5 });
      const step = fc.oneof(
        fc.record({
          do: fc.constant('settle' as const),
          seq,
          state: fc.constantFrom(null, 'held' as const),
          kind: seq,
        }),
        fc.record({ do: fc.constantFrom('reject' as const, 'supersede' as const), seqs }),
        fc.record({
          do: fc.constant('slice' as const),
          slice: fc.integer({ min: 0, max: 5 }),
          whole: fc.constantFrom(null, 0, 1, 2),
          seqs,
          drifts: seqs,
        }),
        fc.record({ do: fc.constant('cancel' as const) }),
      );
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 12 }), fc.boolean(), async (steps, superseded) => {
          const sync = buildSync(tenantId, integrationId);
          syncId = sync.id;
          await syncs.queue(sync);
          for (let number = 0; number < 2; number += 1) {
            const first = number * 4;
            await store.insertPlanned(
              page(number, first, {
                rows: [row(first), row(first + 1, { outcome: 'updated', reason: 'changed' }), failed(first + 2)],
                unchanged: { seqs: [first + 3], userIds: [alice] },
              }),
            );
          }
          const gone = { outcome: 'deprovisioned', reason: 'missingFromSnapshot', recordHash: null } as const;
          await store.insertRemovals(tenantId, syncId, 2, 8, [row(8, gone), row(9, { ...gone, state: 'held' })]);
          for (const one of steps) {
            if (one.do === 'settle' && one.seq < 10) {
              const parts: Partial<OutcomeRow>[] = [
                { state: one.state },
                { outcome: 'failed', reason: 'keyCollision', link: 'none' },
                { detail: { transfer: 0 } },
                { outcome: 'skipped', reason: 'duplicateRecord', link: 'absent' },
              ];
              await settle(Math.floor(one.seq / 4), row(one.seq, parts[one.kind % 4]));
            } else if (one.do === 'reject' || one.do === 'supersede') {
              await store[one.do](tenantId, syncId, one.seqs);
            } else if (one.do === 'slice') {
              const drifted = one.drifts.map((drift) => ({ seq: drift, cause: 'version' as const }));
              await store.recordSlice(report({ slice: one.slice, wholePage: one.whole, applied: one.seqs, drifted }));
            } else if (one.do === 'cancel') {
              await store.cancelPlanned(tenantId, syncId);
            }
          }
          if (superseded) await supersede();

          const rows = await list();
          const packed = [3, 7].filter((one) => !rows.some((each) => each.seq === one)).length;
          const recount: Record<string, number> = packed === 0 ? {} : { 'skipped:unchanged:': packed };
          const key = (one: EffectiveOutcome) => `${one.outcome}:${one.reason}:${one.effectiveState ?? ''}`;
          for (const one of rows) recount[key(one)] = (recount[key(one)] ?? 0) + 1;
          expect(await totals()).toEqual(recount);
          const open = rows.filter((one) => one.effectiveState === 'planned' || one.effectiveState === 'held');
          expect(await store.countHeld(tenantId, syncId)).toBe(open.length);
          for (const state of ['planned', 'applied', 'held', 'drifted'] as const) {
            const wanted = rows.filter((one) => one.effectiveState === state);
            expect(await list({ state })).toEqual(wanted);
          }
        }),
        { numRuns: 60 },
      );
    });
  });
}
