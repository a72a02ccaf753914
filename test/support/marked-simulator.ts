import {
  type AcmeSimulator,
  type AcmeSimulatorOptions,
  startAcmeSimulator,
} from '../../connectors/acme-hr/simulator/src/index.js';
import { marked } from './canary.js';

/** Acme's HR system with the canary in what it says of people. */
export function startMarkedSimulator(options: AcmeSimulatorOptions): Promise<AcmeSimulator> {
  return startAcmeSimulator({ mark: marked(''), ...options });
}
