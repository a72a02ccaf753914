import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { contentHash, SettingsStore, type Tenant, type TenantId } from '#core';
import { RateLimit } from '../access/rate-limit.js';
import { type Caller, hasRole } from './caller.js';
import { endpointMetadata } from './endpoint-metadata.js';
import type { EndpointSpec } from './endpoint.js';
import { notFound, ProblemError } from './problem.errors.js';
import { setRequestContext } from './request-context.js';

/**
 * Who may call what. In this order, so that no answer tells of another tenant: without a valid key 401; too many requests
 * of it 429; a tenant that is unknown or not the key's 404; a role that is not enough 403. Fields are judged afterwards.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly settings: SettingsStore,
    private readonly rateLimit: RateLimit,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const spec = Reflect.getMetadata(endpointMetadata, context.getHandler()) as EndpointSpec;
    if (spec.role === null) return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const caller = await this.authenticate(request.headers.authorization);
    this.rateLimit.count(caller.keyId, context.switchToHttp().getResponse<FastifyReply>());
    const tenant = await this.tenantOf(caller, request);
    if (!hasRole(caller, spec.role)) {
      const detail = `This needs a key of the role ${spec.role} or higher; this one is a ${caller.role}’s.`;
      throw new ProblemError('forbidden', detail);
    }
    setRequestContext(request, { caller, tenant, repeatSeed: null });
    return true;
  }

  private async authenticate(header: string | undefined): Promise<Caller> {
    const [, key] = /^Bearer +([\x21-\x7e]{1,512}) *$/i.exec(header ?? '') ?? [];
    const stored = key === undefined ? null : await this.settings.apiKeyByHash(contentHash(key));
    if (stored === null) {
      const detail =
        header === undefined
          ? 'Send an API key: Authorization: Bearer mus_…'
          : 'This API key is not known. Send a valid one: Authorization: Bearer mus_…';
      throw new ProblemError('unauthenticated', detail, [], { 'www-authenticate': 'Bearer realm="muster"' });
    }
    return { keyId: stored.id, role: stored.role, tenantId: stored.tenantId, label: stored.label };
  }

  private async tenantOf(caller: Caller, request: FastifyRequest): Promise<Tenant | null> {
    const { tenant: id } = request.params as { tenant?: TenantId };
    if (id === undefined) return null;
    if (caller.tenantId !== null && caller.tenantId !== id) throw notFound();
    const tenant = await this.settings.tenant(id);
    if (tenant === null) throw notFound();
    return tenant;
  }
}
