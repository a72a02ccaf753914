import type { CheckStep } from '#connector-sdk';
import { openLocalSource, type LocalSourceOptions } from './local-source.js';
import type { Environment } from '../context.js';

/** Every step of a connector's check. @throws CliError as `openLocalSource`; what a connector throws, which it should not */
export async function checkConnector(
  named: string,
  options: LocalSourceOptions,
  env: Environment,
): Promise<CheckStep[]> {
  const { connector, context, close } = await openLocalSource(named, options, env);
  const steps: CheckStep[] = [];
  try {
    for await (const step of connector.check(context)) steps.push(step);
  } finally {
    await close();
  }
  return steps;
}
