import { type DynamicModule, Module, type Provider } from '@nestjs/common';
import { MusterConfig, readMasterKey } from '#config';
import { type ConnectorDefinition, ConnectorRegistry } from '#connector-sdk';
import { acmeHr } from '#connectors/acme-hr';
import { Clock, SecretBox, SystemClock } from '#core';
import { BusTransport, Outages, StageRunner, TypedBus } from '#pipeline';
import { Logger, Metrics, PinoLogger } from '#telemetry';
import { AesSecretBox } from './aes-secret-box.js';
import { EmbeddedEngine, embeddedPorts } from './embedded-engine.js';
import { Retention, RetentionStores } from './retention.js';

export interface PlatformOverrides {
  clock?: Clock;
  /** Instead of those that come with Muster. */
  connectors?: readonly ConnectorDefinition[];
  logger?: Logger;
}

const shippedConnectors: readonly ConnectorDefinition[] = [acmeHr];

/** Chooses the technology: binds every port of core to its adapter, for all modules of the application. */
@Module({})
export class PlatformModule {
  static forRoot(config: MusterConfig, overrides: PlatformOverrides = {}): DynamicModule {
    const offered: Provider[] = [
      ...embeddedPorts,
      { provide: MusterConfig, useValue: config },
      { provide: Clock, useValue: overrides.clock ?? new SystemClock() },
      { provide: Logger, useValue: overrides.logger ?? new PinoLogger({ level: config.logLevel }) },
      { provide: Metrics, useFactory: () => processMetrics() },
      { provide: SecretBox, inject: [Logger], useFactory: async (logger: Logger) => secretBox(config, logger) },
      {
        provide: ConnectorRegistry,
        useFactory: () => new ConnectorRegistry(overrides.connectors ?? shippedConnectors),
      },
      TypedBus,
      Outages,
      StageRunner,
      BusTransport,
    ];
    return {
      module: PlatformModule,
      global: true,
      providers: [
        // Opened when nothing else can fail any more, so that a failed start leaves nothing open.
        {
          provide: EmbeddedEngine,
          inject: [SecretBox, ConnectorRegistry],
          useFactory: async () => EmbeddedEngine.open(config.dataDir),
        },
        ...offered,
        RetentionStores,
        Retention,
      ],
      exports: offered.map((provider) => (typeof provider === 'function' ? provider : provider.provide)),
    };
  }
}

function processMetrics(): Metrics {
  const metrics = new Metrics();
  metrics.observeProcess();
  return metrics;
}

async function secretBox(config: MusterConfig, logger: Logger): Promise<SecretBox> {
  const { key, madeAt } = await readMasterKey(config);
  if (madeAt !== null) {
    logger.warn(
      'A master key was made. Keep it as safe as the secrets it seals, and back it up: without it they are lost.',
      { path: madeAt },
    );
  }
  return new AesSecretBox(key);
}
