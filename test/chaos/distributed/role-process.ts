import { appendFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RoleName } from '#core';
import { refusedStaleWrite } from '#pipeline';
import type { CanaryWatch } from '../../support/canary-watch.js';
import { BuiltProgram } from '../../support/child-process.js';
import { KafkaWire } from '../proxy/kafka-wire.js';
import { MongoWire } from '../proxy/mongo-wire.js';
import { ServerProxy } from '../proxy/server-proxy.js';
import { roleNodeArgs } from '../../support/role-processes.js';
import { Exposition } from '../../support/exposition.js';
import { anyFreePort, type PrivateServers } from '../../support/private-servers.js';

/** On a machine that has much else to do. */
const startWithinMs = 180_000;
/** An orchestrator's pause before it starts a process again that ended. */
const restartPauseMs = 200;
/** What a role promises after SIGTERM. */
const stopWithinMs = 10_000;

export interface RoleSettings {
  servers: PrivateServers;
  database: string;
  env: Record<string, string>;
  /** Of what it writes. */
  logFile: string;
  /** Shown what it writes, and its metrics. */
  watch: CanaryWatch;
  /** Told when it ended by itself. */
  onOwnExit: (role: RoleName, lastWords: string) => void;
}

/** A role in a process of its own, behind proxies of its own; started again whenever it ends by itself. */
export class RoleProcess {
  private program: BuiltProgram | null = null;
  /** Whether somebody here ends it. */
  private isExpected = true;
  /** Writes that the role itself says were refused, because another has the work. */
  refusedWrites = 0;

  private constructor(
    readonly role: RoleName,
    private readonly settings: RoleSettings,
    readonly kafka: ServerProxy,
    readonly mongo: ServerProxy,
    private readonly port: number,
  ) {}

  /** Makes its proxies; nothing runs yet. */
  static async create(role: RoleName, settings: RoleSettings): Promise<RoleProcess> {
    const { kafka, mongodb } = settings.servers;
    const [kafkaProxy, mongoProxy, port] = await Promise.all([
      ServerProxy.start(new KafkaWire(kafka.host, kafka.port), kafka),
      ServerProxy.start(new MongoWire(`${mongodb.host}:${String(mongodb.port)}`), mongodb),
      anyFreePort(),
    ]);
    return new RoleProcess(role, settings, kafkaProxy, mongoProxy, port);
  }

  get url(): string {
    return `http://127.0.0.1:${String(this.port)}`;
  }

  get proxies(): ServerProxy[] {
    return [this.kafka, this.mongo];
  }

  /** Starts a process and does not wait for it. */
  launch(): void {
    const { servers, database, env, logFile, watch } = this.settings;
    const program = BuiltProgram.launch(`apps/${this.role}/src/main.js`, {
      nodeArgs: roleNodeArgs,
      env: {
        ...env,
        MUSTER_PORT: String(this.port),
        KAFKA_BROKERS: `127.0.0.1:${String(this.kafka.port)}`,
        MONGODB_URI: servers.mongodbUri(this.mongo.port, database),
      },
      listening: /(http:\/\/[0-9.:]+)/,
      onLine: (line) => {
        if (line.includes(refusedStaleWrite)) this.refusedWrites += 1;
        watch.line(line);
        appendFileSync(logFile, `${line}\n`);
      },
    });
    this.program = program;
    this.isExpected = false;
    program.onExit(() => {
      if (!this.isExpected && this.program === program) void this.afterOwnExit(program);
    });
  }

  async start(): Promise<void> {
    this.launch();
    await this.untilReady();
  }

  /** Resolves when `/readyz` says so. */
  async untilReady(withinMs = startWithinMs): Promise<void> {
    const deadline = performance.now() + withinMs;
    while (!(await this.isReady())) {
      if (performance.now() > deadline) {
        throw new Error(`the ${this.role} is not ready after ${String(withinMs)} ms: ${await this.readiness()}`);
      }
      await sleep(50);
    }
  }

  async isReady(): Promise<boolean> {
    return (await this.probe('/readyz'))?.status === 200;
  }

  /** What it says of itself. */
  async readiness(): Promise<string> {
    return (await this.probe('/readyz'))?.text ?? 'no answer';
  }

  /** The sum of a counter over all its labels; 0 while it does not answer. */
  async counter(name: string): Promise<number> {
    const answer = await this.probe('/metrics');
    // While it starts, its waiting room answers with something else.
    if (answer?.status !== 200) return 0;
    this.settings.watch.exposition(answer.text);
    return Exposition.parse(answer.text).sum(name);
  }

  /** SIGKILL, whatever it is doing. */
  async kill(): Promise<void> {
    this.isExpected = true;
    await this.program?.kill();
  }

  /** SIGTERM. Gives how long it took, in ms. */
  async stop(): Promise<number> {
    this.isExpected = true;
    const startedAt = performance.now();
    await this.program?.stop();
    const tookMs = performance.now() - startedAt;
    if (tookMs > stopWithinMs) throw new Error(`the ${this.role} took ${tookMs.toFixed(0)} ms to stop`);
    return tookMs;
  }

  /** Stops its clock and its hands. */
  freeze(): void {
    this.program?.signal('SIGSTOP');
  }

  thaw(): void {
    this.program?.signal('SIGCONT');
  }

  /** Ends the process, if one runs, and the proxies. */
  async remove(): Promise<void> {
    await this.kill();
    await Promise.all(this.proxies.map((proxy) => proxy.close()));
  }

  private async afterOwnExit(program: BuiltProgram): Promise<void> {
    this.settings.onOwnExit(this.role, `${String(program.ended)}: ${program.said.slice(-3).join(' | ')}`);
    await sleep(restartPauseMs);
    if (!this.isExpected) this.launch();
  }

  private async probe(path: string): Promise<{ status: number; text: string } | null> {
    try {
      const response = await fetch(`${this.url}${path}`, { signal: AbortSignal.timeout(5_000) });
      return { status: response.status, text: await response.text() };
    } catch {
      return null;
    }
  }
}
