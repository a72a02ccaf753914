import type { z } from 'zod';
import type { Connector } from '../connector.js';
import type { ContractSubject } from './contract-subject.js';
import { describeConnectorContract } from './describe-connector-contract.js';

/** Runs the contract, or one case of it, and gives the names of the cases that fail, and of those skipped. */
export async function contractOutcome<Config extends z.ZodObject, Secrets extends z.ZodObject>(
  connector: Connector<Config, Secrets>,
  subject: Omit<ContractSubject, 'runner'>,
  only?: string,
): Promise<{ failed: string[]; skipped: string[]; count: number }> {
  const cases: { name: string; body: () => Promise<void> }[] = [];
  const skipped: string[] = [];
  const it = Object.assign((name: string, body: () => Promise<void>) => void cases.push({ name, body }), {
    skip: (name: string) => void skipped.push(name),
  });
  describeConnectorContract(connector, { ...subject, runner: { describe: (_, body) => body(), it } });
  const failed: string[] = [];
  for (const { name, body } of cases) {
    if (only === undefined || only === name) await body().catch(() => failed.push(name));
  }
  return { failed, skipped, count: cases.length };
}
