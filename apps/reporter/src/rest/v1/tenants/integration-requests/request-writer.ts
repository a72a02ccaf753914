import { Injectable } from '@nestjs/common';
import {
  Clock,
  type IntegrationRequest,
  type IntegrationRequestId,
  type IntegrationRequestState,
  IntegrationRequestStore,
  mayMove,
  type TenantId,
  withStep,
} from '#core';
import { Audit } from '../../../access/audit.js';
import { type Caller, callerName } from '../../../http/caller.js';
import { notFound, ProblemError } from '../../../http/problem.errors.js';

/** Changes integration requests: only as they were seen, and only forward. */
@Injectable()
export class RequestWriter {
  constructor(
    private readonly requests: IntegrationRequestStore,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  /** @throws ProblemError `notFound`, `preconditionFailed` */
  async seen(tenantId: TenantId, id: IntegrationRequestId, ifMatch: number | null): Promise<IntegrationRequest> {
    const request = await this.requests.request(tenantId, id);
    if (request === null) throw notFound();
    if (ifMatch !== null && request.revision !== ifMatch) throw changedMeanwhile();
    return request;
  }

  /** Writes a change and notes it. @throws ProblemError `preconditionFailed` */
  async write(
    caller: Caller,
    request: IntegrationRequest,
    { action, detail }: { action: string; detail: string },
  ): Promise<IntegrationRequest> {
    const result = await this.requests.update(request);
    if (result === 'unknown') throw notFound();
    if (result === 'stale') throw changedMeanwhile();
    await this.audit.note(caller, request.tenantId, action, request.id, detail);
    return { ...request, revision: request.revision + 1 };
  }

  /** @throws ProblemError `requestMoved` when that state does not follow, `preconditionFailed` */
  async move(
    caller: Caller,
    request: IntegrationRequest,
    { to, comment }: { to: IntegrationRequestState; comment: string },
  ): Promise<IntegrationRequest> {
    if (!mayMove(request.state, to)) {
      throw new ProblemError(
        'requestMoved',
        `The request is ${request.state}; ${to} does not follow that. Read it again and see what its steps say.`,
      );
    }
    const step = { state: to, at: this.clock.now(), by: callerName(caller), comment };
    return this.write(caller, withStep(request, step), {
      action: `integrationRequest.${to}`,
      detail: request.integrationId ?? '',
    });
  }
}

function changedMeanwhile(): ProblemError {
  const detail = 'The request has another revision than If-Match says. Read it again and repeat the change on that.';
  return new ProblemError('preconditionFailed', detail);
}
