import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import { ScimRoutes } from './scim-routes.js';

/** Serves SCIM 2.0 at the process's port, apart from whatever else is served there. */
@Injectable()
export class ScimServer implements OnModuleInit {
  constructor(
    private readonly host: HttpAdapterHost<FastifyAdapter>,
    private readonly routes: ScimRoutes,
  ) {}

  onModuleInit(): void {
    // None where only the bus is served.
    const adapter: FastifyAdapter | undefined = this.host.httpAdapter;
    adapter?.getInstance().register((instance) => this.routes.add(instance), { prefix: '/scim/v2/:integration' });
  }
}
