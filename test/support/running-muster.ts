import { tmpdir } from 'node:os';
import { loadConfig } from '#config';
import type { ConnectorDefinition } from '#connector-sdk';
import { contentHash, type Clock } from '#core';
import { createMuster, type Muster } from '#platform';
import { standaloneParts } from '#standalone';
import type { AcmeSimulator, AcmeSimulatorOptions } from '../../connectors/acme-hr/simulator/src/index.js';
import { createAcmeTenant, type AcmeTenant, type AcmeTenantOptions } from './acme-tenant.js';
import { CanaryWatch } from './canary-watch.js';
import { Exposition } from './exposition.js';
import { startMarkedSimulator } from './marked-simulator.js';
import { MusterApi } from './muster-api.js';
import { newTestEngine, type TestEngine } from './test-engine.js';

const adminKey = 'mus_scenario-operator-key-0123456789';

/** A user as the API lists it, as far as tests look at it. */
export interface UserAnswer {
  id: string;
  status: string;
  role: string;
  attributes: Record<string, unknown>;
  manager?: { userId: string | null } | null;
}

/** What a test gives in the place of what comes with Muster. */
export interface MusterOverrides {
  clock?: Clock;
  connectors?: readonly ConnectorDefinition[];
  /** Settings besides those that every test has. */
  settings?: Record<string, string>;
}

/**
 * A whole Muster with data of its own, listening on a free port of this process: on the engine that it is given; else on
 * the embedded one, or, where `MUSTER_TEST_ENGINE` is `distributed`, on a real Kafka and MongoDB. Whatever it is used for,
 * nothing of a person may show where it must not: stopping it fails otherwise.
 */
export class RunningMuster {
  private constructor(
    private muster: Muster,
    private readonly engine: TestEngine,
    private readonly overrides: MusterOverrides,
    readonly watch: CanaryWatch,
  ) {}

  static async start(
    options: MusterOverrides = {},
    engine: TestEngine = newTestEngine(),
    watch: CanaryWatch = new CanaryWatch(),
  ): Promise<RunningMuster> {
    return new RunningMuster(await launch(engine, options, watch), engine, options, watch);
  }

  /** The API with an operator's key. */
  get api(): MusterApi {
    return new MusterApi(this.muster.url, adminKey, this.watch);
  }

  /** Stops it in order and starts it again on the same data. */
  async restart(): Promise<void> {
    await this.close();
    this.muster = await launch(this.engine, this.overrides, this.watch);
  }

  /** @throws Error when something of a person was seen in its log, its metrics, its errors or beside its messages */
  async stop(): Promise<void> {
    await this.close();
    await this.engine.remove();
    this.watch.verify();
  }

  /** One of the running instance's parts, by its class: to look at what the API does not show. */
  part<Part>(token: abstract new (...args: never[]) => Part): Part {
    return this.muster.app.get(token as unknown as new () => Part);
  }

  /** What `/metrics` says, of every process it has. */
  async metrics(): Promise<Exposition> {
    return Exposition.parse(await this.exposition());
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

  private async close(): Promise<void> {
    try {
      await this.exposition();
    } finally {
      await this.muster.close();
    }
  }

  private async exposition(): Promise<string> {
    const text = await this.api.as(null).must<string>('GET', '/metrics');
    this.watch.exposition(text);
    return text;
  }
}

/** A company's HR system in this process, and a tenant of a running Muster that reads it. */
export async function startCompany(
  muster: RunningMuster,
  source: AcmeSimulatorOptions,
  options: Partial<AcmeTenantOptions> = {},
): Promise<AcmeTenant & { source: AcmeSimulator }> {
  const simulator = await startMarkedSimulator(source);
  const tenant = await createAcmeTenant(muster.api, {
    ...options,
    config: { ...simulator.config, ...options.config },
    secrets: { ...simulator.secrets },
  });
  return { ...tenant, source: simulator };
}

function launch(engine: TestEngine, { settings, ...overrides }: MusterOverrides, watch: CanaryWatch): Promise<Muster> {
  const config = loadConfig({
    env: {
      ...engine.env,
      MUSTER_PORT: '0',
      MUSTER_ADMIN_KEY: adminKey,
      MUSTER_RATE_LIMIT_PER_MINUTE: '0',
      MUSTER_MASTER_KEY: Buffer.alloc(32, 7).toString('base64'),
      MUSTER_MAPPER_THREADS: '0',
      ...settings,
    },
    directory: tmpdir(),
  });
  const { modules, http } = standaloneParts(config);
  const parts = { modules: [...modules, watch.busModule()], http };
  return createMuster(config, parts, { logger: watch.logger, ...overrides });
}
