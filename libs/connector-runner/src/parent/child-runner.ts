import { errorFields, type Logger, type Metrics } from '#telemetry';
import { type ConnectorCall, type ConnectorRun, ConnectorRunner } from '../connector-runner.port.js';
import { InProcessRun } from '../in-process-run.js';
import { ChildRun } from './child-run.js';
import { type ConnectorLimits, defaultConnectorLimits } from './connector-limits.js';
import { connectorFiles, programFiles } from './program-files.js';
import { SpareProcess } from './spare-process.js';

export interface ChildRunnerOptions {
  readonly limits?: Partial<ConnectorLimits>;
  /** That connectors must not read, whatever lies there besides: the data directory, the one with the settings. */
  readonly privateDirectories?: readonly string[];
  readonly logger: Logger;
  readonly metrics: Metrics;
}

/**
 * Gives each call of a connector a process of its own, which holds that call's secrets and no others, and no connection that was not
 * checked here. A connector that was made in this process can be in no other: it runs here.
 */
export class ChildRunner extends ConnectorRunner {
  private readonly limits: ConnectorLimits;
  private readonly processes: SpareProcess;

  constructor(private readonly options: ChildRunnerOptions) {
    super();
    this.limits = { ...defaultConnectorLimits, ...options.limits };
    this.processes = new SpareProcess(this.limits.memoryMb);
  }

  open(call: ConnectorCall): ConnectorRun {
    const { moduleUrl, connector } = call;
    if (moduleUrl === null) return new InProcessRun(call);
    const { privateDirectories = [], logger, metrics } = this.options;
    const { limits, processes } = this;
    const files = [...programFiles(), ...connectorFiles(moduleUrl, privateDirectories)];
    return new ChildRun({
      call,
      moduleUrl,
      limits,
      start: () => processes.take(files),
      noteEnded: ({ ending, error }) => {
        metrics.connectorsEnded.inc({ connector: connector.id, reason: ending });
        const { code } = error;
        logger.warn('A connector was ended.', {
          connectorId: connector.id,
          ...errorFields(error.cause ?? error),
          code,
        });
      },
      noteGone: (outputBytes) => {
        if (outputBytes > 0) {
          const fields = { connectorId: connector.id, bytes: outputBytes };
          logger.warn('A connector wrote to its standard output, which is not kept: it may use context.log.', fields);
        }
        processes.prepare(files);
      },
    });
  }

  /** Nest calls it when its module goes. */
  async onModuleDestroy(): Promise<void> {
    await this.processes.close();
  }
}
