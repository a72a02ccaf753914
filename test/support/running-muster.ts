import { tmpdir } from 'node:os';
import { loadConfig } from '#config';
import type { ConnectorDefinition } from '#connector-sdk';
import { contentHash, type Clock } from '#core';
import { createStandalone, type Standalone } from '#standalone';
import { SilentLogger } from '#telemetry';
import {
  type AcmeSimulator,
  type AcmeSimulatorOptions,
  startAcmeSimulator,
} from '../../connectors/acme-hr/simulator/src/index.js';
import { createAcmeTenant, type AcmeTenant, type AcmeTenantOptions } from './acme-tenant.js';
import { Exposition } from './exposition.js';
import { MusterApi } from './muster-api.js';
import { newTestEngine, type TestEngine } from './test-engine.js';

const adminKey = 'mus_scenario-operator-key-0123456789';

/** A user as the API lists it, as far as tests look at it. */
export interface UserAnswer {
  id: string;
  status: string;
  role: string;
  attributes: Record<string, unknown>;
}

/** What a test gives in the place of what comes with Muster. */
export interface MusterOverrides {
  clock?: Clock;
  connectors?: readonly ConnectorDefinition[];
}

/**
 * A whole Muster with data of its own, listening on a free port of this process: on the engine that it is given; else on
 * the embedded one, or, where `MUSTER_TEST_ENGINE` is `distributed`, on a real Kafka and MongoDB.
 */
export class RunningMuster {
  private constructor(
    private standalone: Standalone,
    private readonly engine: TestEngine,
    private readonly overrides: MusterOverrides,
  ) {}

  static async start(options: MusterOverrides = {}, engine: TestEngine = newTestEngine()): Promise<RunningMuster> {
    return new RunningMuster(await launch(engine, options), engine, options);
  }

  /** The API with an operator's key. */
  get api(): MusterApi {
    return new MusterApi(this.standalone.url, adminKey);
  }

  /** Stops it in order and starts it again on the same data. */
  async restart(): Promise<void> {
    await this.standalone.close();
    this.standalone = await launch(this.engine, this.overrides);
  }

  async stop(): Promise<void> {
    await this.standalone.close();
    await this.engine.remove();
  }

  /** One of the running instance's parts, by its class: to look at what the API does not show. */
  part<Part>(token: abstract new (...args: never[]) => Part): Part {
    return this.standalone.app.get(token as unknown as new () => Part);
  }

  /** What `/metrics` says, of every process it has. */
  async metrics(): Promise<Exposition> {
    return Exposition.parse(await this.api.as(null).must<string>('GET', '/metrics'));
  }

  async users(tenant: string): Promise<UserAnswer[]> {
    const users: UserAnswer[] = [];
    for await (const user of this.api.list<UserAnswer>(`/v1/tenants/${tenant}/users`)) users.push(user);
    return users;
  }

  /** One hash over everything the directory shows of a tenant's people. */
  async directoryHash(tenant: string): Promise<string> {
    return contentHash(JSON.stringify(await this.users(tenant)));
  }
}

/** A company's HR system in this process, and a tenant of a running Muster that reads it. */
export async function startCompany(
  muster: RunningMuster,
  source: AcmeSimulatorOptions,
  options: Partial<AcmeTenantOptions> = {},
): Promise<AcmeTenant & { source: AcmeSimulator }> {
  const simulator = await startAcmeSimulator(source);
  const tenant = await createAcmeTenant(muster.api, {
    ...options,
    config: { ...simulator.config, ...options.config },
    secrets: { ...simulator.secrets },
  });
  return { ...tenant, source: simulator };
}

function launch(engine: TestEngine, overrides: MusterOverrides): Promise<Standalone> {
  const config = loadConfig({
    env: {
      ...engine.env,
      MUSTER_PORT: '0',
      MUSTER_ADMIN_KEY: adminKey,
      MUSTER_RATE_LIMIT_PER_MINUTE: '0',
      MUSTER_MASTER_KEY: Buffer.alloc(32, 7).toString('base64'),
      MUSTER_MAPPER_THREADS: '0',
    },
    directory: tmpdir(),
  });
  return createStandalone(config, { logger: new SilentLogger(), ...overrides });
}
