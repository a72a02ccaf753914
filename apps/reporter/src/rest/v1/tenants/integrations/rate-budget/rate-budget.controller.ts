import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { ConnectorRegistry, rateBudgetOrigins } from '#connector-sdk';
import { leftIn, paceOf, RateBudgetStore, type RateRest, restAt, SettingsStore } from '#core';
import { defineEndpoint, Endpoint, type InputOf } from '../../../../http/endpoint.js';
import { notFound } from '../../../../http/problem.errors.js';
import { time } from '../../../words.js';
import { LastFetch } from './last-fetch.js';

export const rateBudgetState = z
  .object({
    requestsPerMinute: z
      .int()
      .nullable()
      .describe(
        'In no 60 seconds does the source get more requests than these. Null: its connector sends none by HTTP.',
      ),
    burst: z.int().nullable().describe('So many of them at once.'),
    origin: z
      .enum(rateBudgetOrigins)
      .describe('Who says so: the integration’s settings, its connector, or nobody, so that it is Muster’s default.'),
    left: z
      .int()
      .nullable()
      .describe(
        'Requests that could be sent at this moment; a few less than `burst` even after a rest, for what is late.',
      ),
    paused: z
      .object({
        until: time.describe('Nobody asks the source before.'),
        since: time.describe('When the source asked for it.'),
        status: z.int().describe('The HTTP status with which the source asked for it.'),
        message: z.string().describe('In plain words.'),
      })
      .nullable()
      .describe('Set while the source wants to be left alone.'),
    lastSync: z
      .object({
        id: z.string(),
        waitedSeconds: z.number().describe('How long reading waited for the budget.'),
        requests: z.int().describe('What was asked of the source.'),
      })
      .nullable()
      .describe('The newest sync that has read the source to its end; null before the first.'),
  })
  .meta({ id: 'RateBudget' });

const getRateBudget = defineEndpoint({
  method: 'GET',
  path: '/v1/tenants/{tenant}/integrations/{integration}/rate-budget',
  role: 'viewer',
  summary: 'How often the source may be asked, and what is left of that',
  description:
    'One budget for all that ask the source for this integration: syncs, checks, syncs of one person, in every process. It is set by `rateBudget` of the integration.',
  response: rateBudgetState,
});

@Controller()
export class RateBudgetController {
  constructor(
    private readonly settings: SettingsStore,
    private readonly connectors: ConnectorRegistry,
    private readonly budgets: RateBudgetStore,
    private readonly lastFetch: LastFetch,
  ) {}

  @Endpoint(getRateBudget)
  async read({ tenant, params }: InputOf<typeof getRateBudget>): Promise<z.input<typeof rateBudgetState>> {
    const integration = await this.settings.integration(tenant.id, params.integration);
    if (integration === null) throw notFound();
    const { id: integrationId } = integration;
    const { budget, origin } = this.connectors.rateBudget(integration);
    const found = budget === null ? null : await this.budgets.read({ tenantId: tenant.id, integrationId });
    const pace = budget === null ? null : paceOf(budget);
    const rest = found === null ? null : restAt(found.meter, found.nowMs);
    return {
      requestsPerMinute: budget?.requestsPerMinute ?? null,
      burst: budget?.burst ?? null,
      origin,
      left: pace === null ? null : found === null ? pace.burst : leftIn(found.meter, pace, found.nowMs),
      paused: rest === null ? null : toPause(rest),
      lastSync: await this.lastFetch.of(integration),
    };
  }
}

function toPause({ untilMs, sinceMs, status }: RateRest) {
  const why = status === 429 ? 'that it is asked too often' : 'that it cannot answer now';
  return {
    until: new Date(untilMs).toISOString(),
    since: new Date(sinceMs).toISOString(),
    status,
    message: `The source says ${why} (${String(status)}) and when to come back. Until then nobody asks it; nothing is to be done.`,
  };
}
