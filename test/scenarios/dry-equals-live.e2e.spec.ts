import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConnectorStateStore, type IntegrationId, MessageBus, type SyncId, type TenantId } from '#core';
import { ManualClock } from '#testing';
import { marked } from '../support/canary.js';
import { type DirectoryImage, directoryImage } from '../support/directory-image.js';
import { expectEveryRecordOnce } from '../support/every-record-once.js';
import type { OutcomeAnswer, SyncAnswer, SyncRequest } from '../support/muster-api.js';
import { RandomCompany, randomHistory } from '../support/random-company.js';
import { createRosterTenant, looseSafeguards, RosterSources, thirdOfAPage } from '../support/roster-source.js';
import { RunningMuster, startCompany } from '../support/running-muster.js';
import { UnrulyBus } from '../support/unruly-bus.js';

const seed = Number(process.env['MUSTER_TEST_SEED'] ?? 20260101);
const numRuns = Number(process.env['MUSTER_TEST_RUNS'] ?? 8);

/** One way of taking a company's changes into a directory. */
class Passage {
  private readonly names = new Map<string, string>();

  private constructor(
    readonly muster: RunningMuster,
    readonly tenant: string,
    readonly integration: string,
    readonly roster: string,
  ) {}

  static async start(muster: RunningMuster, roster: string, safeguards: Record<string, number> | undefined) {
    const made = await createRosterTenant(muster.api, roster, safeguards === undefined ? {} : { safeguards });
    return new Passage(muster, made.tenant, made.integration, roster);
  }

  async sync(body: SyncRequest): Promise<SyncAnswer> {
    return this.muster.api.runSync(this.tenant, this.integration, body);
  }

  async approve(dry: SyncAnswer): Promise<SyncAnswer> {
    return this.muster.api.approved(this.tenant, dry);
  }

  /** What the sync says of each person, by names that are the same for every passage. Checks that nobody is left out. */
  async outcomes(step: number, { id }: SyncAnswer) {
    const rows = await expectEveryRecordOnce(this.muster.api, this.tenant, id);
    for (const { outcome, userId, seq } of rows) {
      if (outcome === 'created' && userId !== null)
        this.names.set(userId, `step ${String(step)}, record ${String(seq)}`);
    }
    return rows.map((row) => this.toPlain(row));
  }

  async totals({ id }: SyncAnswer, areStatesShown: boolean) {
    const { totals, manifest, safeguards, notSeen } = await this.muster.api.sync(this.tenant, id);
    const plain = totals.map(({ outcome, reason, state, count }) => [
      outcome,
      reason,
      areStatesShown ? state : state === 'applied' ? 'planned' : state,
      count,
    ]);
    return { totals: plain.map(String).sort(), records: manifest?.records, safeguards, notSeen };
  }

  image(): Promise<DirectoryImage> {
    return directoryImage(this.muster, this.tenant);
  }

  /** The directory by names that are the same for every passage. */
  async plainImage() {
    const image = await this.image();
    const plain = image.map(({ user, links }) => {
      const { id, lastWrites, owner, manager, deactivation, tenantId: _tenant, ...rest } = user;
      return {
        ...rest,
        name: this.nameOf(id),
        isOwned: owner === this.integration,
        wroteLast: Object.values(lastWrites).map(([, seq]) => seq),
        manager: manager === null ? null : { ...manager, userId: this.nameOf(manager.userId) },
        deactivation: deactivation === null ? null : { ...deactivation, syncId: null },
        links: links.map(({ integrationId, userId, ...link }) => ({
          ...link,
          user: this.nameOf(userId),
          isOurs: integrationId === this.integration,
        })),
      };
    });
    return plain.sort((left, right) => (String(left.name) < String(right.name) ? -1 : 1));
  }

  /** Checks that whoever an outcome was applied to has every value that it announced. */
  async expectCarriedOut({ id }: SyncAnswer): Promise<void> {
    const users = new Map((await this.image()).map(({ user }) => [String(user.id), user]));
    for (const { state, userId, changes } of await this.muster.api.outcomes(this.tenant, id)) {
      if (state !== 'applied') continue;
      const user = users.get(String(userId));
      for (const [name, { after }] of Object.entries(changes as Record<string, { after: unknown }>)) {
        const own = name === 'status' || name === 'role' || name === 'owner' ? user?.[name] : user?.attributes[name];
        expect(own ?? null, `${name} of ${String(userId)}`).toEqual(after);
      }
    }
  }

  connectorState() {
    return this.muster.part(ConnectorStateStore).read(this.tenant as TenantId, this.integration as IntegrationId);
  }

  private nameOf(userId: string | null): string | null {
    return userId === null ? null : (this.names.get(userId) ?? 'nobody');
  }

  private toPlain(row: OutcomeAnswer) {
    const {
      id: _id,
      syncId: _sync,
      state,
      relatedOutcomeIds,
      relatedUserIds,
      userId,
      ...rest
    } = row as OutcomeAnswer & {
      syncId: SyncId;
      relatedOutcomeIds: string[];
      relatedUserIds: string[];
    };
    return {
      ...rest,
      isHeld: state === 'held',
      user: this.nameOf(userId),
      relatedOutcomes: relatedOutcomeIds.map((outcome) => outcome.split('_')[2]),
      relatedUsers: relatedUserIds.map((user) => this.nameOf(user)),
    };
  }
}

describe('dry equals live', () => {
  const clock = new ManualClock();
  const sources = new RosterSources();
  let unruly: RunningMuster;
  let calm: RunningMuster;
  let bus: UnrulyBus;
  let runs = 0;

  beforeAll(async () => {
    unruly = await RunningMuster.start({ clock, connectors: [sources.connector] });
    calm = await RunningMuster.start({ clock, connectors: [sources.connector] });
    bus = new UnrulyBus(unruly.part(MessageBus), seed);
  });
  afterAll(async () => {
    await bus.calm();
    await unruly.stop();
    await calm.stop();
  });

  it('for any company and any changes: approved, replayed or read live, in any order of pages', async () => {
    await fc.assert(
      fc.asyncProperty(randomHistory, async ({ people, steps, areSafeguardsLoose, arePagesSmall, order }) => {
        bus.reseed(order);
        runs += 1;
        const roster = `company ${String(runs)}`;
        const safeguards = areSafeguardsLoose ? looseSafeguards : undefined;
        const approved = await Passage.start(unruly, roster, safeguards);
        const replayed = await Passage.start(unruly, roster, safeguards);
        const direct = await Passage.start(calm, roster, safeguards);
        const company = new RandomCompany(people, arePagesSmall ? thirdOfAPage : '');

        for (const [step, { changes, days }] of steps.entries()) {
          clock.advance(days * 86_400_000);
          company.apply(changes, clock.nowMs());
          sources.set(roster, company.people);

          const dries: SyncAnswer[] = [];
          for (const passage of [approved, replayed]) {
            const before = [await passage.image(), await passage.connectorState(), sources.commits.get(roster)];
            dries.push(await passage.sync({ mode: 'dry' }));
            expect([await passage.image(), await passage.connectorState(), sources.commits.get(roster)]).toEqual(
              before,
            );
          }
          const [dry, otherDry] = dries as [SyncAnswer, SyncAnswer];
          const plan = await approved.outcomes(step, dry);
          const planned = await approved.totals(dry, false);
          expect(await replayed.outcomes(step, otherDry)).toEqual(plan);

          const canApprove = dry.totals.some(({ state }) => state === 'planned');
          const live = canApprove
            ? await approved.approve(dry)
            : await approved.sync({ mode: 'live', replayOfSyncId: dry.id });
          const replay = await replayed.sync({ mode: 'live', replayOfSyncId: otherDry.id });
          const read = await direct.sync({ mode: 'live' });
          expect([live.state, replay.state]).toEqual([read.state, read.state]);

          expect(await approved.outcomes(step, live)).toEqual(plan);
          expect(await replayed.outcomes(step, replay)).toEqual(plan);
          expect(await direct.outcomes(step, read)).toEqual(plan);
          const applied = await direct.totals(read, true);
          expect(await direct.totals(read, false)).toEqual(planned);
          expect(await approved.totals(live, true)).toEqual(applied);
          expect(await replayed.totals(replay, true)).toEqual(applied);
          expect(applied.totals.filter((total) => /drifted|planned|cancelled/.test(total))).toEqual([]);

          await approved.expectCarriedOut(live);
          await direct.expectCarriedOut(read);
          const directory = await direct.plainImage();
          expect(await approved.plainImage()).toEqual(directory);
          expect(await replayed.plainImage()).toEqual(directory);
        }
      }),
      { numRuns, seed, interruptAfterTimeLimit: 150_000, markInterruptAsFailure: true },
    );
    expect(bus.repeats).toBeGreaterThan(0);
  });

  it('leaves the source and the connector’s state alone until it is approved', async () => {
    sources.set('state', [{ id: marked('a'), name: marked('Ada'), mail: marked('ada@roster.example'), tags: [] }]);
    const passage = await Passage.start(unruly, 'state', undefined);
    const dry = await passage.sync({ mode: 'dry' });
    expect(dry.state).toBe('completed');
    expect(await passage.connectorState()).toBeNull();
    expect(sources.commits.get('state')).toBeUndefined();
    expect(await passage.image()).toEqual([]);

    await passage.approve(dry);
    const remembered = await passage.connectorState();
    expect(remembered).toMatchObject({ syncId: dry.id, state: { fetch: expect.any(Number) as number } });
    expect(sources.commits.get('state')).toBe(1);

    await passage.sync({ mode: 'dry' });
    await passage.sync({ mode: 'dry', replayOfSyncId: dry.id });
    expect(await passage.connectorState()).toEqual(remembered);
    expect(sources.commits.get('state')).toBe(1);
  });

  it('writes nothing at a real HTTP source, and the directory keeps its every byte', async () => {
    const muster = await RunningMuster.start();
    const { tenant, integration, source } = await startCompany(muster, { people: 600, seed: 11, oddShare: 0.05 });
    try {
      await muster.api.runSync(tenant, integration, { mode: 'live' });
      source.terminate(2);
      source.remove(2);
      source.passEmail();
      source.rename(3);
      source.swapEmails();
      source.hire(5);
      const before = [source.fingerprint(), await muster.directoryHash(tenant), await directoryImage(muster, tenant)];
      source.resetCounters();
      const dry = await muster.api.runSync(tenant, integration, {});
      expect(dry).toMatchObject({ state: 'completed', mode: 'dry' });
      expect(dry.counts['created']).toBe(6);
      expect(dry.counts['deprovisioned']).toBe(5);
      await expectEveryRecordOnce(muster.api, tenant, dry.id);
      expect([source.fingerprint(), await muster.directoryHash(tenant), await directoryImage(muster, tenant)]).toEqual(
        before,
      );
      expect(source.counters()).toMatchObject({ writes: 0, unknown: 0 });
    } finally {
      await muster.stop();
      await source.stop();
    }
  });
});
