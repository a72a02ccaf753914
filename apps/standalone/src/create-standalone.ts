import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { MusterConfig } from '#config';
import { ConfigurationError } from '#core';
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
 * @throws ConfigurationError when the data directory or the port is in use, or the settings cannot work
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
    throw cannotListen(error, config) ?? error;
  }
  return { app, url: await app.getUrl(), close: async () => app.close() };
}

/** Why the address of the settings cannot be listened at; null for any other error. */
function cannotListen(error: unknown, { host, port }: MusterConfig): ConfigurationError | null {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (syscall !== 'listen' && syscall !== 'getaddrinfo') return null;
  const why =
    code === 'EADDRINUSE'
      ? 'something else is listening there already. Stop it, or set MUSTER_PORT to a free port'
      : code === 'EACCES'
        ? 'the system does not let this account use that port. Set MUSTER_PORT to one of 1024 or above'
        : `this machine has no such address (${code ?? 'unknown'}). Correct MUSTER_HOST`;
  const message = `Muster cannot listen at ${host}, port ${port}: ${why}.`;
  return new ConfigurationError('configurationInvalid', message, [message], { cause: error });
}
