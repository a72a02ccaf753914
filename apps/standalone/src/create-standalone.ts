import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { MusterConfig } from '#config';
import { BusTransport } from '#pipeline';
import type { PlatformOverrides } from '#platform';
import { RestAdapter } from '#reporter';
import { PinoLogger } from '#telemetry';
import { NestLogger } from './nest-logger.js';
import { StandaloneModule } from './standalone.module.js';

/** A running Muster. */
export interface Standalone {
  app: NestFastifyApplication;
  /** Where it listens, without a slash at its end. */
  url: string;
  /** Finishes what is in hand and lets the data directory go. */
  close(): Promise<void>;
}

/**
 * Starts all four roles and the API in this process; resolves when it listens. Several may run in one process, each with
 * its own data directory.
 *
 * @throws ConfigurationError when the data directory is in use, or the settings cannot work
 */
export async function createStandalone(config: MusterConfig, overrides: PlatformOverrides = {}): Promise<Standalone> {
  const logger = overrides.logger ?? new PinoLogger({ level: config.logLevel });
  const app = await NestFactory.create<NestFastifyApplication>(
    StandaloneModule.forRoot(config, { ...overrides, logger }),
    new RestAdapter(),
    { logger: new NestLogger(logger), abortOnError: false },
  );
  try {
    app.connectMicroservice({ strategy: app.get(BusTransport) });
    await app.init();
    await app.startAllMicroservices();
    await app.listen(config.port, config.host);
  } catch (error) {
    await app.close();
    throw error;
  }
  return { app, url: await app.getUrl(), close: async () => app.close() };
}
