import { Injectable } from '@nestjs/common';
import { MusterConfig } from '#config';
import { LeaseStore } from '#core';
import { errorFields, Logger } from '#telemetry';
import { refusedStaleWrite } from './refused-stale-write.js';
import { WorkLoop, type WorkLoopOptions } from './work-loop.js';

/** Makes work loops over the engine's leases, which last as long as the settings say. */
@Injectable()
export class WorkLoops {
  constructor(
    private readonly leases: LeaseStore,
    private readonly config: MusterConfig,
    private readonly logger: Logger,
  ) {}

  make(options: Omit<WorkLoopOptions, 'leases' | 'ttlMs'>): WorkLoop {
    return new WorkLoop({
      ...options,
      leases: this.leases,
      ttlMs: this.config.leaseSeconds * 1000,
      onRefused: (key, error) => this.logger.info(refusedStaleWrite, { part: key, ...errorFields(error) }),
    });
  }
}
