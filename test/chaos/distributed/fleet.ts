import path from 'node:path';
import type { RoleName } from '#core';
import { adminKey, masterKey } from '../killable-muster.js';
import { CanaryWatch } from '../../support/canary-watch.js';
import { PatientApi } from './patient-api.js';
import type { PrivateServers } from '../../support/private-servers.js';
import { localSources } from '../../support/test-engine.js';
import { RoleProcess } from './role-process.js';

/** Both shorter than anybody would set them, so that a fault outlasts them soon. */
export const sessionTimeoutMs = 6_000;
export const leaseSeconds = 3;
/** Short as well: a sync that only seems to stand still must not lose a record by it. */
const planningStallSeconds = 15;
/** How long a read of the API may take while servers are away. */
const patienceMs = 120_000;

export interface FleetOptions {
  servers: PrivateServers;
  /** Of the database and, with a dot, before all topics. */
  name: string;
  /** Where each process's log goes. */
  logFolder: string;
}

/** A whole Muster on the distributed engine: each role a process, reached and reaching through what can be harmed. */
export class Fleet {
  /** What processes said that ended without being told to. */
  readonly ownExits: string[] = [];
  /** Whether something of a person shows where nothing may. */
  readonly watch = new CanaryWatch();
  private readonly extra = new Set<RoleProcess>();
  private processes: Record<RoleName, RoleProcess> | null = null;
  private count = 0;

  private constructor(readonly options: FleetOptions) {}

  static async start(options: FleetOptions): Promise<Fleet> {
    const fleet = new Fleet(options);
    try {
      await fleet.startAll();
    } catch (error) {
      await fleet.close();
      throw error;
    }
    return fleet;
  }

  get topicPrefix(): string {
    return `${this.options.name}.`;
  }

  get api(): PatientApi {
    return new PatientApi(this.role('reporter').url, adminKey, patienceMs, this.watch);
  }

  /** The first process of each role. */
  get all(): RoleProcess[] {
    return this.processes === null ? [] : Object.values(this.processes);
  }

  /** Writes and acknowledgements of all processes, further ones included, that were refused as too late. */
  get refusedWrites(): number {
    const processes = [...this.all, ...this.extra];
    const byServers = processes.flatMap(({ proxies }) => proxies.map(({ counts }) => counts.refused));
    return [...byServers, ...processes.map((process) => process.refusedWrites)].reduce((sum, count) => sum + count, 0);
  }

  role(name: RoleName): RoleProcess {
    if (this.processes === null) throw new Error('the fleet has not been started');
    return this.processes[name];
  }

  /** Another process of a role, ready; let go of by {@link dismiss}. */
  async another(role: RoleName): Promise<RoleProcess> {
    const process = await this.create(role);
    this.extra.add(process);
    await process.start();
    return process;
  }

  /** Stops a further process in order. */
  async dismiss(process: RoleProcess): Promise<void> {
    await process.stop();
    await process.remove();
    this.extra.delete(process);
  }

  async untilReady(): Promise<void> {
    await Promise.all(this.all.map((process) => process.untilReady()));
  }

  /** The sum of a counter over all processes. */
  async counter(name: string): Promise<number> {
    const values = await Promise.all([...this.all, ...this.extra].map((process) => process.counter(name)));
    return values.reduce((sum, value) => sum + value, 0);
  }

  async close(): Promise<void> {
    await Promise.all([...this.all, ...this.extra].map((process) => process.remove()));
  }

  private async startAll(): Promise<void> {
    const [fetcher, mapper, reconciler, reporter] = await Promise.all([
      this.create('fetcher'),
      this.create('mapper'),
      this.create('reconciler'),
      this.create('reporter'),
    ]);
    this.processes = { fetcher, mapper, reconciler, reporter };
    await Promise.all(this.all.map((process) => process.start()));
  }

  private create(role: RoleName): Promise<RoleProcess> {
    const { servers, name, logFolder } = this.options;
    this.count += 1;
    return RoleProcess.create(role, {
      servers,
      database: name,
      watch: this.watch,
      logFile: path.join(logFolder, `${role}-${String(this.count)}.log`),
      onOwnExit: (of, lastWords) => this.ownExits.push(`${of}: ${lastWords}`),
      env: {
        MUSTER_ENGINE: 'distributed',
        KAFKA_TOPIC_PREFIX: this.topicPrefix,
        KAFKA_SESSION_TIMEOUT_MS: String(sessionTimeoutMs),
        MUSTER_LEASE_SECONDS: String(leaseSeconds),
        MUSTER_PLANNING_STALL_SECONDS: String(planningStallSeconds),
        MUSTER_ADMIN_KEY: adminKey,
        MUSTER_RATE_LIMIT_PER_MINUTE: '0',
        MUSTER_MASTER_KEY: masterKey,
        MUSTER_LOG_LEVEL: 'info',
        ...localSources,
      },
    });
  }
}
