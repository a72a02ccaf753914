import type { RoleName } from '#core';
import type { SeededRandom } from '../seeded-random.js';
import type { WorkState } from '../work-state.js';
import type { Fleet } from './fleet.js';
import type { HarmedStores } from './harmed-stores.js';
import type { TopicReader } from './topic-reader.js';
import type { TwinCompany } from './twin-company.js';

/** What a fault has to do with: the sync at work and all around it. */
export interface Scene {
  fleet: Fleet;
  company: TwinCompany;
  reader: TopicReader;
  stores: HarmedStores;
  random: SeededRandom;
  /** Role and row of this turn, so that all of them come up. */
  turn: number;
  /** The state of the sync at work; null: it has ended. */
  state(): Promise<WorkState | null>;
  /** Checks now that no role acknowledged what it had not made durable. */
  judgeOffsets(): Promise<void>;
}

/** What one injection did. */
export interface Injected {
  /** Faults; 0: the sync had ended before. */
  faults: number;
  /** Where or to whom. */
  note: string;
  /** Writes that came again because their answer was lost, and messages that were handed out or sent again. */
  redelivered?: number;
  /** Writes and acknowledgements of somebody who had been replaced, refused. */
  refused?: number;
  /** Such writes that were let through. */
  stale?: number;
}

/** Something that goes wrong, and is made good again, while a sync is at work. */
export interface Fault {
  name: string;
  /** How long the source should keep the fetch busy, so that the fault falls into the sync, in ms. */
  fetchMs: number;
  /** In which states it is injected, soon after the sync has come there; default: any, at any time. */
  within?: readonly WorkState[];
  inject(scene: Scene): Promise<Injected>;
}

export const noFault: Injected = { faults: 0, note: 'the sync had ended' };

/** The role of a turn. */
export function roleOfTurn({ turn }: Scene, among: readonly RoleName[]): RoleName {
  return among[turn % among.length] ?? 'mapper';
}
