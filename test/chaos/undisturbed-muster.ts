import path from 'node:path';
import { loadConfig } from '#config';
import { createStandalone, type Standalone } from '#standalone';
import { SilentLogger } from '#telemetry';
import { localSources } from '../support/test-engine.js';
import { adminKey, masterKey } from './killable-muster.js';

/** A whole Muster on the embedded engine in this process, which nobody harms: what the harmed one must be equal to. */
export function openUndisturbed(dataDirectory: string): Promise<Standalone> {
  const config = loadConfig({
    env: {
      MUSTER_PORT: '0',
      MUSTER_DATA_DIR: dataDirectory,
      MUSTER_ADMIN_KEY: adminKey,
      MUSTER_RATE_LIMIT_PER_MINUTE: '0',
      MUSTER_MASTER_KEY: masterKey,
      MUSTER_MAPPER_THREADS: '0',
      ...localSources,
    },
    directory: path.dirname(dataDirectory),
  });
  return createStandalone(config, { logger: new SilentLogger() });
}
