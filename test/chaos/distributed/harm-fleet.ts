import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Standalone } from '#standalone';
import { SeededRandom } from '../seeded-random.js';
import { openUndisturbed } from '../undisturbed-muster.js';
import type { Fault } from './fault.js';
import { type CountsByFault, noCounts } from './fault-counts.js';
import { Fleet } from './fleet.js';
import { HarmedStores } from './harmed-stores.js';
import { OffsetsCheck } from './offsets-check.js';
import { PrivateServers } from '../../support/private-servers.js';
import { StoryUnderFaults } from './story-under-faults.js';
import { TopicReader } from './topic-reader.js';

export interface HarmPlan {
  seed: number;
  faults: readonly Fault[];
  /** Each fault is injected at least so often, */
  rounds: number;
  /** unless the time is over before. */
  minutes: number;
  /** At most so many injections in one sync. */
  perSync: number;
  people: number;
  say: (line: string) => void;
  /** Told after every story what all came to so far. */
  onStory?: (report: HarmReport) => void;
}

export interface HarmReport {
  counts: CountsByFault;
  syncs: number;
  /** What is wrong, in words. */
  problems: string[];
  ownExits: string[];
  /** Where the processes' logs lie; null: nothing was wrong, and they are gone. */
  logs: string | null;
}

/** What the run of a story needs of all around it. */
export interface Surroundings {
  plan: HarmPlan;
  random: SeededRandom;
  calm: Standalone;
  fleet: Fleet;
  stores: HarmedStores;
  reader: TopicReader;
  offsets: OffsetsCheck;
  report: HarmReport;
  /** Whether more faults are wanted. */
  goesOn(): boolean;
}

/**
 * Tells the stories of companies to a calm Muster on the embedded engine and to one on the distributed engine in which
 * faults are injected while it syncs. After every sync all that can be seen of the two must be equal.
 */
export async function harmFleet(plan: HarmPlan): Promise<HarmReport> {
  const folder = mkdtempSync(path.join(tmpdir(), 'muster-chaos-'));
  const report: HarmReport = {
    counts: Object.fromEntries(plan.faults.map(({ name }) => [name, { ...noCounts }])),
    ...{ syncs: 0, problems: [], ownExits: [], logs: folder },
  };
  const opened: (() => Promise<void>)[] = [];
  const open = async <Part>(part: Promise<Part>, close: (part: Part) => Promise<void>): Promise<Part> => {
    const made = await part;
    opened.unshift(() => close(made));
    return made;
  };
  try {
    const servers = await open(PrivateServers.start(), (made) => made.remove());
    const calm = await open(openUndisturbed(path.join(folder, 'calm')), (made) => made.close());
    const name = 'chaos';
    const fleet = await open(Fleet.start({ servers, name, logFolder: folder }), (made) => made.close());
    const stores = await open(HarmedStores.open(servers, name), (made) => made.close());
    const reader = new TopicReader(servers.kafka, fleet.topicPrefix);
    const random = new SeededRandom(plan.seed);
    const endsAt = performance.now() + plan.minutes * 60_000;
    const isMissing = ({ name: fault }: Fault): boolean => (report.counts[fault]?.injected ?? 0) < plan.rounds;
    const surroundings: Surroundings = {
      ...{ plan, random, calm, fleet, stores, reader, report },
      offsets: new OffsetsCheck(reader, stores),
      goesOn: () => report.problems.length === 0 && performance.now() < endsAt && plan.faults.some(isMissing),
    };
    for (let story = 0; surroundings.goesOn(); story += 1) {
      await new StoryUnderFaults(surroundings, story).tell();
      plan.onStory?.(report);
    }
    report.ownExits = fleet.ownExits;
    report.problems.push(...fleet.watch.found);
  } finally {
    for (const close of opened) await close().catch((error: unknown) => plan.say(String(error)));
    if (report.problems.length === 0 && report.syncs > 0) {
      rmSync(folder, { recursive: true, force: true });
      report.logs = null;
    }
  }
  return report;
}
