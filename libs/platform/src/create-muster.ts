import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { FastifyAdapter, NestFastifyApplication } from '@nestjs/platform-fastify';
import type { MusterConfig } from '#config';
import { BusTransport } from '#pipeline';
import { PinoLogger } from '#telemetry';
import { cannotListen } from './cannot-listen.js';
import { NestLogger } from './nest-logger.js';
import { PlatformModule, type PlatformOverrides } from './platform.module.js';

/** What a process is made of, beside the platform. */
export interface MusterParts {
  /** The roles' modules, and what answers at its port. */
  modules: (Type | DynamicModule)[];
  http: FastifyAdapter;
}

/** A running process of Muster. */
export interface Muster {
  app: NestFastifyApplication;
  /** Where it listens, without a slash at its end. */
  url: string;
  /** Finishes what is in hand and lets everything go. */
  close(): Promise<void>;
}

@Module({})
class MusterModule {
  static forRoot(config: MusterConfig, modules: (Type | DynamicModule)[], overrides: PlatformOverrides): DynamicModule {
    return { module: MusterModule, imports: [PlatformModule.forRoot(config, overrides), ...modules] };
  }
}

/**
 * Starts the roles in this process; resolves when it consumes and listens. Several may run in one process.
 *
 * @param beforeListening awaited when all else is up
 * @throws ConfigurationError when the settings cannot work here: the data directory or the port is in use, …
 * @throws RetriableError when a server is away; nothing stays open, and it may be tried again
 */
export async function createMuster(
  config: MusterConfig,
  { modules, http }: MusterParts,
  overrides: PlatformOverrides = {},
  beforeListening?: () => Promise<void>,
): Promise<Muster> {
  const logger = overrides.logger ?? new PinoLogger({ level: config.logLevel });
  const app = await NestFactory.create<NestFastifyApplication>(
    MusterModule.forRoot(config, modules, { ...overrides, logger }),
    http,
    { logger: new NestLogger(logger), abortOnError: false },
  );
  try {
    app.connectMicroservice({ strategy: app.get(BusTransport) });
    await app.init();
    await app.startAllMicroservices();
    await beforeListening?.();
    await app.listen(config.port, config.host);
  } catch (error) {
    await app.close();
    throw cannotListen(error, config) ?? error;
  }
  return { app, url: await app.getUrl(), close: async () => app.close() };
}
