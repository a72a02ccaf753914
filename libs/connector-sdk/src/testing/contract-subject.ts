import type { Inbox } from '../inbox.js';
import type { SourceQuirk } from './people-pages.js';
import type { SimulatedSource } from './simulated-source.js';

/** `describe` and `it`, as vitest and `node:test` have them. */
export interface TestRunner {
  readonly describe: (name: string, body: () => void) => unknown;
  readonly it: {
    (name: string, body: () => Promise<void>): unknown;
    readonly skip: (name: string, body: () => void) => unknown;
  };
}

/** What a source has to hold while a case runs. */
export interface GivenSource {
  /** One person each, in the source's order, as `record` made them. */
  readonly records: readonly string[];
  /** How its list goes wrong; null: it is well. */
  readonly quirk: SourceQuirk | null;
  /** What each time-out is to be that the connector has a setting for: 1 where the source falls silent. */
  readonly timeoutSeconds: number;
}

/** A running simulator, and what an integration needs to reach it. */
export interface ContractSource {
  readonly config: Readonly<Record<string, unknown>>;
  /** Those that the simulator takes. Each is at least six characters, to be told from anything else by. */
  readonly secrets: Readonly<Record<string, unknown>>;
  /** Where faults of HTTP are switched on; a source of another transport has none. */
  readonly http?: SimulatedSource;
  /** For a connector to which files are sent. */
  readonly inbox?: Inbox;
  /** For the capability `delta`: the settings besides `config` by which only changes are read. Default: none. */
  readonly deltaConfig?: Readonly<Record<string, unknown>>;
  /** For the capability `delta` and for `commit`: these people change at the source, or come to it, from now on. */
  readonly change?: (records: readonly string[]) => Promise<void>;
  /** For `commit`: what of the source a connector could change, to be compared: the names of its files, say. */
  readonly traces?: () => Promise<unknown>;
  /** May be called again. */
  stop(): Promise<void>;
}

/** What the contract of connectors needs to know of one connector. */
export interface ContractSubject {
  readonly runner: TestRunner;
  /** What it speaks: `http`, `sftp`, `ldap` … The cases about HTTP apply to the first alone, and the others show that they don't. */
  readonly transport: string;
  /**
   * How it signs in. `renewed`: by a token in the header `authorization` that it can get anew. `fixed`: by what an admin has given
   * it, so that a refusal ends the fetch. Default: `fixed`.
   */
  readonly signIn?: 'renewed' | 'fixed';
  /** One person as the source writes them: with this id, and with a JSON value in some field of theirs. */
  record(id: string, value: string): string;
  /** The id of the n-th person, from 0. Default: `p0`, `p1` … */
  id?(index: number): string;
  /**
   * Starts a simulator that holds these records. Where its list has pages, let them be of 3 people; where the connector has a setting
   * for the size of an answer, let it be at most 64 MiB. People who are pushed are the contract's own affair.
   */
  start(given: GivenSource): Promise<ContractSource>;
  /** Cases that mean nothing for this connector, by their names or by what stands before the colon, each with the reason, which the title then shows. */
  readonly doesNotApply?: Readonly<Record<string, string>>;
}
