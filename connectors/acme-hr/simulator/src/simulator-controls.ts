import type { Oddity } from './base-person.js';
import type { WorkerDocument } from './company.js';
import type { Counters } from './counters.js';
import type { Misbehaviour, MisbehaviourKind } from './misbehaviour.js';
import type { Who } from './mutations.js';

/** What `/_sim/…` offers, as methods. A count instead of ids takes employees from the end of the list. */
export interface AcmeSimulatorControls {
  hire(count?: number): string[];
  terminate(who?: Who, date?: string): string[];
  remove(who?: Who): string[];
  rename(who?: Who, family?: string): string[];
  move(who?: Who): string[];
  changeEmail(who?: Who): string[];
  passEmail(leaver?: string): { leaver: string; joiner: string; email: string | null };
  swapEmails(pair?: readonly string[]): string[];
  circleEmails(three?: readonly string[]): string[];
  patch(id: string, patch: unknown): WorkerDocument;
  /** A string is put in the list as it is, anything else as JSON. `knownAs`: the id it is found by; default: its own. */
  addRaw(record: unknown, knownAs?: string): void;
  restore(ids?: readonly string[]): void;
  worker(id: string): WorkerDocument;
  misbehave(misbehaviour: Misbehaviour | MisbehaviourKind): void;
  /** Switches off one misbehaviour, or all. */
  behave(kind?: MisbehaviourKind): void;
  state(): {
    people: number;
    total: number;
    seed: number;
    misbehaviours: { kind: MisbehaviourKind; left: number | null }[];
  };
  fingerprint(): string;
  oddities(): Record<Oddity, string[]>;
  counters(): Counters;
  resetCounters(): void;
}
