import type { Connector } from '../connector.js';
import type { ConnectorClaim } from './connector-claims.js';
import type { ContractRun } from './contract-run.js';
import type { ContractSubject, GivenSource } from './contract-subject.js';

/** One thing that holds for every connector. */
export interface ContractCase {
  /** Completes the sentence "a connector …". */
  readonly name: string;
  /** What it holds a connector to that claims it. */
  readonly of?: ConnectorClaim;
  /** It is about HTTP, and applies to no other transport. */
  readonly http?: true;
  /** Why it does not apply to this connector by what that declares; null when it does. */
  readonly unless?: (connector: Connector) => string | null;
  /** Default: eight people, on a source that is well. */
  readonly given?: (subject: ContractSubject) => Partial<GivenSource>;
  readonly run: (run: ContractRun) => Promise<void>;
}
