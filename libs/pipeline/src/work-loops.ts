import { Injectable } from '@nestjs/common';
import { MusterConfig } from '#config';
import { LeaseStore } from '#core';
import { errorFields, Logger, Metrics, type WorkLoopName } from '#telemetry';
import { refusedStaleWrite } from './refused-stale-write.js';
import { WorkLoop, type WorkLoopOptions } from './work-loop.js';

/** Makes work loops over the engine's leases, which last as long as the settings say. Failures are logged and counted. */
@Injectable()
export class WorkLoops {
  constructor(
    private readonly leases: LeaseStore,
    private readonly config: MusterConfig,
    private readonly logger: Logger,
    private readonly metrics: Metrics,
  ) {}

  make(
    name: WorkLoopName,
    options: Omit<WorkLoopOptions, 'name' | 'leases' | 'ttlMs' | 'onError' | 'onRefused' | 'onWaiting'>,
  ): WorkLoop {
    return new WorkLoop({
      ...options,
      name,
      leases: this.leases,
      ttlMs: this.config.leaseSeconds * 1000,
      onError: (key, error) => {
        this.metrics.workFailures.inc({ loop: name });
        this.logger.error('Claimed work failed and is tried again.', { loop: name, key, ...errorFields(error) });
      },
      onRefused: (key, error) => {
        this.metrics.staleWritesRefused.inc({ by: name });
        this.logger.info(refusedStaleWrite, { part: key, ...errorFields(error) });
      },
      onWaiting: (count) => this.metrics.workWaiting.set({ loop: name }, count),
    });
  }
}
