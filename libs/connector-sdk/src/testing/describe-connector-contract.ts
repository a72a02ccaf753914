import assert from 'node:assert/strict';
import type { z } from 'zod';
import type { Connector } from '../connector.js';
import { checkCases } from './cases/check.cases.js';
import { commitCases } from './cases/commit.cases.js';
import { declarationCases } from './cases/declaration.cases.js';
import { deltaCases } from './cases/delta.cases.js';
import { hostileDataCases } from './cases/hostile-data.cases.js';
import { httpFaultCases } from './cases/http-fault.cases.js';
import { pushCases } from './cases/push.cases.js';
import { quirkCases } from './cases/quirk.cases.js';
import { readingCases } from './cases/reading.cases.js';
import { rereadCases } from './cases/reread.cases.js';
import { stateCases } from './cases/state.cases.js';
import { stoppingCases } from './cases/stopping.cases.js';
import { claimsOf, doesClaim, type ConnectorClaim } from './connector-claims.js';
import type { ContractCase } from './contract-case.js';
import { ContractRun } from './contract-run.js';
import type { ContractSubject } from './contract-subject.js';

const cases: readonly ContractCase[] = [
  ...checkCases,
  ...readingCases,
  ...stateCases,
  ...deltaCases,
  ...commitCases,
  ...rereadCases,
  ...pushCases,
  ...hostileDataCases,
  ...stoppingCases,
  ...httpFaultCases,
  ...quirkCases,
];

const notClaimed: Readonly<Record<ConnectorClaim, string>> = {
  full: 'it does not read everybody',
  person: 'it does not read one person',
  delta: 'it reads no deltas',
  resume: 'it cannot resume',
  wholeness: 'nothing proves its end',
  push: 'nobody pushes to it',
  reread: 'it leaves out nothing that was applied',
  commit: 'it has no commit',
};

/**
 * What holds for every connector, as tests of vitest or `node:test`: each case starts the source anew, and fails too when a
 * secret or a person's data is told outside a record. What does not apply is shown as skipped, with the reason; that every case of
 * something is skipped which the connector claims fails.
 *
 * @throws TypeError when `doesNotApply` names no case
 */
export function describeConnectorContract<Config extends z.ZodObject, Secrets extends z.ZodObject>(
  definition: Connector<Config, Secrets>,
  subject: ContractSubject,
): void {
  const connector: Connector = definition;
  const { runner, transport, doesNotApply = {} } = subject;
  const unknown = Object.keys(doesNotApply).find((key) => !cases.some(({ name }) => isCalled(name, key)));
  if (unknown !== undefined) throw new TypeError(`The contract of connectors has no case "${unknown}".`);
  runner.describe(`The connector ${connector.id}`, () => {
    for (const { name, run } of declarationCases) runner.it(name, async () => run(connector));
    const exercised = new Set<ConnectorClaim>();
    for (const { name, of, http, unless, given, run } of cases) {
      const reason =
        Object.entries(doesNotApply).find(([key]) => isCalled(name, key))?.[1] ??
        unless?.(connector) ??
        (of !== undefined && !doesClaim(connector, of) ? notClaimed[of] : null) ??
        (http === true && transport !== 'http' ? `it speaks ${transport}, not HTTP` : null);
      if (reason !== null) {
        runner.it.skip(`${name} (does not apply: ${reason})`, () => undefined);
        continue;
      }
      if (of !== undefined) exercised.add(of);
      runner.it(name, async () => ContractRun.over(connector, subject, given?.(subject) ?? {}, run));
    }
    runner.it('claims nothing that no case here holds it to', async () => {
      const idle = claimsOf(connector).filter((claim) => !exercised.has(claim));
      assert.deepEqual(idle, [], 'it claims these, and `doesNotApply` leaves no case that tries them');
    });
  });
}

/** By the whole name, or by what stands before its colon. */
function isCalled(name: string, key: string): boolean {
  return name === key || name.startsWith(`${key}: `);
}
