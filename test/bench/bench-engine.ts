import type { Engine } from '#config';
import { BuiltProgram } from '../support/child-process.js';
import { RoleProcesses } from '../support/role-processes.js';
import { newDistributedEngine, newEmbeddedEngine } from '../support/test-engine.js';

export const benchKey = 'mus_bench-operator-key-0123456789';

/** A Muster to be measured, in processes of its own, with data of its own. */
export interface BenchEngine {
  url: string;
  /** Highest resident memory so far of each process, in MiB. */
  peakRssMiB(): Record<string, number>;
  stop(): Promise<void>;
}

export async function startBenchEngine(engine: Engine, mappers: number): Promise<BenchEngine> {
  return engine === 'embedded' ? startEmbedded() : startDistributed(mappers);
}

async function startEmbedded(): Promise<BenchEngine> {
  const { env, remove } = newEmbeddedEngine();
  const muster = await BuiltProgram.start('apps/standalone/src/main.js', {
    env: {
      ...env,
      MUSTER_PORT: '0',
      MUSTER_ADMIN_KEY: benchKey,
      MUSTER_RATE_LIMIT_PER_MINUTE: '0',
      MUSTER_LOG_LEVEL: 'warn',
    },
    listening: /(http:\/\/[0-9.:]+)/,
  });
  return {
    url: muster.url,
    peakRssMiB: () => {
      const peak = muster.peakRssMiB();
      return peak === null ? {} : { standalone: peak };
    },
    stop: async () => {
      await muster.stop();
      await remove();
    },
  };
}

async function startDistributed(mappers: number): Promise<BenchEngine> {
  const { env, remove } = newDistributedEngine();
  const muster = await RoleProcesses.start(
    {
      ...env,
      MUSTER_ADMIN_KEY: benchKey,
      MUSTER_RATE_LIMIT_PER_MINUTE: '0',
      MUSTER_MASTER_KEY: Buffer.alloc(32, 7).toString('base64'),
    },
    { mappers },
  );
  return {
    url: muster.url,
    peakRssMiB: () => muster.peakRssMiB(),
    stop: async () => {
      await muster.stop();
      await remove();
    },
  };
}
