import { setTimeout as sleep } from 'node:timers/promises';
import { CanaryWatch } from '../support/canary-watch.js';
import { BuiltProgram, type ProgramOptions } from '../support/child-process.js';
import { MusterApi } from '../support/muster-api.js';
import { localSources } from '../support/test-engine.js';

export const adminKey = 'mus_chaos-operator-key-0123456789';
export const masterKey = Buffer.alloc(32, 5).toString('base64');

const entry = 'apps/standalone/src/main.js';

/** The built standalone in a process of its own, on a data directory that outlives it. */
export class KillableMuster {
  private constructor(
    private readonly dataDirectory: string,
    private program: BuiltProgram,
    private readonly watch: CanaryWatch,
  ) {}

  static async start(dataDirectory: string): Promise<KillableMuster> {
    const watch = new CanaryWatch();
    return new KillableMuster(dataDirectory, await launch(dataDirectory, watch), watch);
  }

  get api(): MusterApi {
    return new MusterApi(this.program.url, adminKey, this.watch);
  }

  /** SIGKILL, whatever it is doing. */
  async kill(): Promise<void> {
    this.mustRun();
    await this.program.kill();
  }

  /** Ends it for good. @throws Error when something of a person was seen in its log, its metrics or its errors */
  async finish(): Promise<void> {
    this.watch.exposition(await this.api.as(null).must<string>('GET', '/metrics'));
    await this.kill();
    this.watch.verify();
  }

  /** @throws Error with its last words when it ended by itself */
  mustRun(): void {
    const { ended, said } = this.program;
    if (ended !== null && ended !== 'SIGKILL') throw new Error(`Muster ended (${String(ended)}):\n${said.join('\n')}`);
  }

  /** A new process on the same data. Gives how long it took to listen, in ms. */
  async restart(): Promise<number> {
    const startedAt = performance.now();
    this.program = await launch(this.dataDirectory, this.watch);
    return performance.now() - startedAt;
  }

  /** A new process on the same data that is killed after a while, whether it listens by then or not. */
  async restartAndKillAfter(delayMs: number): Promise<void> {
    const program = BuiltProgram.launch(entry, options(this.dataDirectory, this.watch));
    const exited = new Promise<void>((resolve) => program.onExit(resolve));
    program.listening.catch(() => undefined);
    await Promise.race([sleep(delayMs), exited]);
    if (program.hasEnded) throw new Error(`Muster ended by itself (${String(program.ended)}).`);
    await program.kill();
  }
}

function launch(dataDirectory: string, watch: CanaryWatch): Promise<BuiltProgram> {
  return BuiltProgram.start(entry, options(dataDirectory, watch));
}

function options(dataDirectory: string, watch: CanaryWatch): ProgramOptions {
  const listening = /API\s+(http:\/\/[0-9.:]+)\/v1/;
  return { env: environment(dataDirectory), listening, onLine: (line) => watch.line(line) };
}

function environment(dataDirectory: string): Record<string, string> {
  return {
    MUSTER_PORT: '0',
    MUSTER_DATA_DIR: dataDirectory,
    MUSTER_ADMIN_KEY: adminKey,
    MUSTER_RATE_LIMIT_PER_MINUTE: '0',
    MUSTER_MASTER_KEY: masterKey,
    MUSTER_LOG_LEVEL: 'debug',
    ...localSources,
  };
}
