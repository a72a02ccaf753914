import { type DynamicModule, Module, type Provider } from '@nestjs/common';
import { MusterConfig, readMasterKey } from '#config';
import { connectorCatalog } from '#connector-catalog';
import { type ConnectorDefinition, ConnectorRegistry } from '#connector-sdk';
import { Clock, SecretBox, SystemClock } from '#core';
import { BusTransport, Outages, Readiness, StageRunner, TypedBus, WorkLoops } from '#pipeline';
import { Logger, Metrics, PinoLogger } from '#telemetry';
import { AesSecretBox } from './aes-secret-box.js';
import { DistributedEngine, distributedPorts } from './distributed-engine.js';
import { EmbeddedEngine, embeddedPorts } from './embedded-engine.js';

export interface PlatformOverrides {
  clock?: Clock;
  /** Instead of those that come with Muster; what the settings name is added to them. */
  connectors?: readonly ConnectorDefinition[];
  logger?: Logger;
  /** Called when a consumer of Kafka is stuck and only a new process helps; default: ends this one. */
  onStalled?: () => void;
}

/** Chooses the technology: binds every port of core to its adapter, for all modules of the application. */
@Module({})
export class PlatformModule {
  static forRoot(config: MusterConfig, overrides: PlatformOverrides = {}): DynamicModule {
    const logger = overrides.logger ?? new PinoLogger({ level: config.logLevel });
    const offered: Provider[] = [
      ...(config.engine === 'distributed' ? distributedPorts : embeddedPorts),
      { provide: MusterConfig, useValue: config },
      { provide: Clock, useValue: overrides.clock ?? new SystemClock() },
      { provide: Logger, useValue: logger },
      { provide: Metrics, useFactory: () => processMetrics() },
      {
        provide: ConnectorRegistry,
        useFactory: async () =>
          connectorCatalog(
            config.connectors,
            overrides.connectors?.map((definition) => ({ definition, moduleUrl: null })),
          ),
      },
      ...secretBox(config, logger),
      TypedBus,
      Outages,
      Readiness,
      StageRunner,
      BusTransport,
      WorkLoops,
    ];
    return {
      module: PlatformModule,
      global: true,
      providers: [engine(config, logger, overrides), ...offered],
      exports: offered.map((provider) => (typeof provider === 'function' ? provider : provider.provide)),
    };
  }
}

/** Opened when nothing else can fail any more, so that a failed start leaves nothing open. */
function engine(config: MusterConfig, logger: Logger, { onStalled = exit }: PlatformOverrides): Provider {
  const { servers, program, dataDir } = config;
  if (servers === null) {
    return {
      provide: EmbeddedEngine,
      inject: [SecretBox, ConnectorRegistry],
      useFactory: async () => EmbeddedEngine.open(dataDir),
    };
  }
  return {
    provide: DistributedEngine,
    inject: [ConnectorRegistry],
    useFactory: async () => DistributedEngine.open(servers, { program, logger, onStalled }),
  };
}

/** None on the distributed engine for a role that neither seals nor opens secrets: it need not know the key. */
function secretBox(config: MusterConfig, logger: Logger): Provider[] {
  if (config.servers !== null && config.masterKey === null) return [];
  return [
    {
      provide: SecretBox,
      useFactory: async () => {
        const { key, madeAt } = await readMasterKey(config);
        if (madeAt !== null) {
          logger.warn(
            'A master key was made. Keep it as safe as the secrets it seals, and back it up: without it they are lost.',
            { path: madeAt },
          );
        }
        return new AesSecretBox(key);
      },
    },
  ];
}

function processMetrics(): Metrics {
  const metrics = new Metrics();
  metrics.observeProcess();
  return metrics;
}

function exit(): void {
  process.exit(1);
}
