import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock, ScimRequestLog, type ScimScope, type ScimToken, ScimTokenStore } from '#core';
import { TokenBuckets } from '#pipeline';
import { errorFields, Logger } from '#telemetry';
import { maskScimUrl } from './mask-scim-url.js';

/** Of requests without a token of the integration so many a minute are kept: anybody can send them. */
const strangersPerMinute = 60;

const maxDetailLength = 500;
const writes = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/** A request that has been answered, all but sent. */
export interface AnsweredRequest {
  integrationId: string;
  /** Null: it came without a token of this integration. */
  token: ScimToken | null;
  method: string;
  /** As it was sent. */
  url: string;
  status: number;
  /** SCIM's error document, when it was refused. */
  payload: unknown;
}

/** Keeps what identity providers ask. Whether that works is nothing to them. */
@Injectable()
export class ScimRequests {
  private readonly strangers: TokenBuckets;

  constructor(
    private readonly log: ScimRequestLog,
    private readonly tokens: ScimTokenStore,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {
    this.strangers = new TokenBuckets(strangersPerMinute, clock);
  }

  async note({ integrationId, token, method, url, status, payload }: AnsweredRequest): Promise<void> {
    try {
      const scope = token ?? (await this.scopeOf(integrationId));
      if (scope === null) return;
      const { tenantId } = scope;
      const at = this.clock.now();
      const isWrite = status < 300 && writes.has(method) && !/\/\.search(?:\?|$)/.test(url);
      await this.log.add(
        { tenantId, integrationId: scope.integrationId },
        {
          id: idAt(at),
          at,
          client: token === null ? null : { tokenId: token.id, label: token.label },
          method,
          path: maskScimUrl(behindAddress(url)),
          status,
          detail: status < 400 ? null : detailOf(payload),
          isWrite,
          syncId: null,
        },
      );
    } catch (error) {
      this.logger.warn('A SCIM request could not be kept for those who look into them.', errorFields(error));
    }
  }

  /** Of a stranger's request; null when nobody could push there, or too many such came. */
  private async scopeOf(integrationId: string): Promise<ScimScope | null> {
    const scope = await this.tokens.scopeOf(integrationId);
    return scope === null || this.strangers.count(integrationId)?.isOver === true ? null : scope;
  }
}

/** Sorts by time. */
function idAt(at: string): string {
  return `${Date.parse(at).toString(36).padStart(9, '0')}${randomBytes(6).toString('hex')}`;
}

/** `/scim/v2/int_1/Users?count=1` → `/Users?count=1` */
function behindAddress(url: string): string {
  return url.replace(/^\/scim\/v2\/[^/?]+/, '');
}

function detailOf(payload: unknown): string | null {
  if (typeof payload !== 'string' || payload === '') return null;
  const { detail } = JSON.parse(payload) as { detail?: unknown };
  return typeof detail === 'string' ? detail.slice(0, maxDetailLength) : null;
}
