import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { ConnectorRegistry } from '#connector-sdk';
import {
  Clock,
  type IntegrationId,
  packScimBody,
  type ScimRequestBody,
  ScimRequestLog,
  type ScimRequestToAdd,
  type ScimScope,
  SettingsStore,
} from '#core';
import { TokenBuckets } from '#pipeline';
import { requestWithoutPasswords } from '#scim';
import { errorFields, Logger } from '#telemetry';
import type { AnsweredOperation, AnsweredRequest, SentBody } from './answered-request.js';
import { maskScimUrl } from './mask-scim-url.js';

/** Of requests without a token of the integration so many a minute are kept: anybody can send them. */
const strangersPerMinute = 60;

const maxDetailLength = 500;
const writes = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);
/** By their bodies these say what is wanted; a body that comes with others is of no account. */
const bodied = new Set(['POST', 'PUT', 'PATCH']);
const ownId = /^\/(?:Users|Groups)\/(scm_[0-9a-z]+)(?:$|\?)/;

/** Keeps what identity providers ask. Whether that works is nothing to them. */
@Injectable()
export class ScimRequests {
  private readonly strangers: TokenBuckets;
  private last = { at: '', count: 0 };

  constructor(
    private readonly log: ScimRequestLog,
    private readonly settings: SettingsStore,
    private readonly connectors: ConnectorRegistry,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {
    this.strangers = new TokenBuckets(strangersPerMinute, clock);
  }

  async note({ integrationId, token, operations, ...request }: AnsweredRequest): Promise<void> {
    try {
      const scope = token ?? (await this.scopeOf(integrationId));
      if (scope === null) return;
      const at = this.clock.now();
      const id = this.idAt(at);
      const client = token === null ? null : { tokenId: token.id, label: token.label };
      const whole = toEntry(request, { id, at, client, bulk: null });
      const parts = operations.map(({ at: answeredAt, ...operation }, index) => {
        const no = String(index + 1).padStart(4, '0');
        return toEntry(operation, { id: `${id}-${no}`, at: answeredAt, client, bulk: id });
      });
      // A bulk request writes what its operations write.
      if (parts.length > 0) whole.isWrite = parts.some(({ isWrite }) => isWrite);
      await this.log.add({ tenantId: scope.tenantId, integrationId: scope.integrationId }, [whole, ...parts]);
    } catch (error) {
      this.logger.warn('A SCIM request could not be kept for those who look into them.', errorFields(error));
    }
  }

  /** Sorts by time, and in the order of this process's answers within a millisecond. */
  private idAt(at: string): string {
    this.last = { at, count: at === this.last.at ? this.last.count + 1 : 0 };
    const time = Date.parse(at).toString(36).padStart(9, '0');
    return `${time}${this.last.count.toString(36).padStart(4, '0')}${randomBytes(4).toString('hex')}`;
  }

  /** Of a stranger's request; null when nobody is pushed there, or too many such came. */
  private async scopeOf(id: string): Promise<ScimScope | null> {
    const tenantId = await this.settings.tenantOf(id);
    if (tenantId === null || this.strangers.count(id)?.isOver === true) return null;
    const integrationId = id as IntegrationId;
    const integration = await this.settings.integration(tenantId, integrationId);
    const connector = integration === null ? undefined : this.connectors.get(integration.connectorId);
    return connector?.capabilities.push === true ? { tenantId, integrationId } : null;
  }
}

function toEntry(
  { method, path: url, status, detail, resourceId, body }: AnsweredOperation,
  common: Pick<ScimRequestToAdd, 'id' | 'at' | 'client' | 'bulk'>,
): ScimRequestToAdd {
  const path = maskScimUrl(url);
  return {
    ...common,
    method,
    path,
    status,
    detail: detail?.slice(0, maxDetailLength) ?? null,
    resourceId: resourceId ?? ownId.exec(path)?.[1] ?? null,
    body: body === null || !bodied.has(method) ? null : toBody(body),
    isWrite: status < 300 && writes.has(method) && !/\/\.search(?:\?|$)/.test(url),
    syncId: null,
  };
}

function toBody(body: SentBody): ScimRequestBody {
  if ('note' in body) return { packed: null, ...body };
  return packScimBody(JSON.stringify(requestWithoutPasswords(body.value)));
}
