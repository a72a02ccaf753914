import type { Type } from '@nestjs/common';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { RoleName } from '#core';
import { ProbesModule } from './probes.module.js';
import { runMuster } from './run-muster.js';

/** The `main` of a role without an API: its module, and `/healthz`, `/readyz` and `/metrics`. */
export async function runRole(role: Exclude<RoleName, 'reporter'>, module: Type): Promise<void> {
  await runMuster(
    role,
    () => ({ modules: [module, ProbesModule], http: new FastifyAdapter() }),
    (_config, url) => `Muster’s ${role} is ready (probes and metrics: ${url}).`,
  );
}
