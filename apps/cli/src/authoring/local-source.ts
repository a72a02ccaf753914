import { z } from 'zod';
import { loadConfig } from '#config';
import { ConfigurationError } from '#core';
import {
  type ConnectorDefinition,
  type ConnectorEvent,
  EgressPolicy,
  type HttpClient,
  type HttpClientOptions,
  type IsolatedContext,
  isolatedContext,
  SourceError,
} from '#connector-sdk';
import { CliError } from '../cli.errors.js';
import type { Environment } from '../context.js';
import { exitCodes } from '../exit-codes.js';
import type { JsonSchema } from '../json-schema.js';
import { readJson, toSettings } from '../key-value.js';
import { localConnector } from './local-connector.js';

type Pairs = (readonly [string, string])[];

/** How a command is told of a source. */
export interface LocalSourceOptions {
  config?: Pairs;
  configFile?: string;
  secret?: Pairs;
  secretsFile?: string;
}

export interface LocalSource extends IsolatedContext {
  readonly connector: ConnectorDefinition;
  /** The secrets, as they were given. */
  readonly secrets: Readonly<Record<string, unknown>>;
}

/**
 * Loads a connector and opens what leads to its source, from this machine and by the same rules as a server would: with
 * `MUSTER_EGRESS_ALLOW` and the like, from the environment or `muster.config.yaml`. Nothing is stored.
 *
 * @throws CliError for a connector that is not there, and for settings that it or Muster does not accept
 */
export async function openLocalSource(
  named: string,
  options: LocalSourceOptions,
  env: Environment,
  further: { log?: (event: ConnectorEvent) => void; makeHttp?: (options: HttpClientOptions) => HttpClient } = {},
): Promise<LocalSource> {
  const muster = settingsOfMuster(env);
  const connector = await localConnector(named, muster);
  const { allow, hosts, ca, proxy } = muster.egress;
  const config = {
    ...(options.configFile === undefined ? {} : await readJson(options.configFile)),
    ...(await toSettings(options.config ?? [], schemaOf(connector.config))),
  };
  const secrets = {
    ...(options.secretsFile === undefined ? {} : await readJson(options.secretsFile)),
    ...(await toSettings((options.secret ?? []).map(fromInput), schemaOf(connector.secrets))),
  };
  try {
    const dialler = { policy: new EgressPolicy({ allow, hosts }), ca, proxy };
    return { connector, secrets, ...isolatedContext(connector, { ...further, config, secrets, dialler }) };
  } catch (error) {
    throw told(error);
  }
}

/** What went wrong at a source as this program tells it; anything else as it is. */
export function told(error: unknown): unknown {
  if (!(error instanceof SourceError)) return error;
  return new CliError(error.message, error.recovery === 'configuration' ? exitCodes.usage : exitCodes.ended, [
    `It is ${error.code}, as ${error.name}.`,
  ]);
}

function settingsOfMuster(env: Environment): ReturnType<typeof loadConfig> {
  try {
    return loadConfig({ env });
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    throw new CliError('The settings of Muster are not valid.', exitCodes.usage, error.problems);
  }
}

/** `-` alone is what comes on standard input. */
function fromInput([name, value]: readonly [string, string]): readonly [string, string] {
  return [name, value === '-' ? '@-' : value];
}

function schemaOf(schema: z.ZodObject): JsonSchema {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
}
