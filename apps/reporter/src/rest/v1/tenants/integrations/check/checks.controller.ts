import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { CheckStore, checkSteps, Clock, type ConnectionCheck, SettingsStore } from '#core';
import { TypedBus } from '#pipeline';
import { Answer } from '../../../../http/answer.js';
import { defineEndpoint, Endpoint, type InputOf } from '../../../../http/endpoint.js';
import { notFound } from '../../../../http/problem.errors.js';
import { time } from '../../../words.js';

/** How long the request waits for the check before it answers 202. */
const patienceMs = 15_000;
const pollMs = 100;

const checkView = z
  .object({
    id: z.string(),
    integrationId: z.string().describe('Whose source was tried.'),
    requestedAt: time,
    finishedAt: time.nullable().describe('Null while the check is not finished.'),
    ok: z.boolean().nullable().describe('Whether every step went well; null while it is not finished.'),
    steps: z
      .array(
        z.object({
          step: z.enum(checkSteps),
          ok: z.boolean().describe('It went well.'),
          message: z.string().describe('What was found, in plain words.'),
          fields: z
            .array(z.string())
            .describe(
              'Names of the fields that people have at the source, to write expressions for, at most 200; never a value. Empty where the step has looked at none.',
            ),
          moreFields: z.int().describe('How many more there are than `fields` names.'),
        }),
      )
      .describe('In order.'),
  })
  .meta({ id: 'ConnectionCheck' });

const startCheck = defineEndpoint({
  method: 'POST',
  path: '/v1/tenants/{tenant}/integrations/{integration}/check',
  role: 'admin',
  summary: 'Try the source step by step; nobody is changed',
  description:
    'Waits up to 15 seconds. If the check takes longer, the answer is 202 and the check can be read by its id.',
  response: checkView,
  alsoStatus: [202],
});

const getCheck = defineEndpoint({
  method: 'GET',
  path: '/v1/tenants/{tenant}/integrations/{integration}/checks/{check}',
  role: 'admin',
  summary: 'What a check has found',
  response: checkView,
});

@Controller()
export class ChecksController {
  constructor(
    private readonly settings: SettingsStore,
    private readonly checks: CheckStore,
    private readonly bus: TypedBus,
    private readonly clock: Clock,
  ) {}

  @Endpoint(startCheck)
  async start({ tenant, params }: InputOf<typeof startCheck>) {
    const integration = await this.settings.integration(tenant.id, params.integration);
    if (integration === null) throw notFound();
    const check: ConnectionCheck = {
      id: `chk_${randomUUID().replaceAll('-', '')}`,
      tenantId: tenant.id,
      integrationId: integration.id,
      requestedAt: this.clock.now(),
      finishedAt: null,
      steps: [],
    };
    await this.checks.request(check);
    const wake = { role: 'fetcher', tenantId: tenant.id, integrationId: integration.id, syncId: null } as const;
    await this.bus.publish('sync-commands', 'bulk', [wake]);
    const deadline = performance.now() + patienceMs;
    let latest = check;
    while (latest.finishedAt === null && performance.now() < deadline) {
      await sleep(pollMs);
      latest = (await this.checks.check(tenant.id, check.id)) ?? latest;
    }
    return new Answer(toView(latest), { status: latest.finishedAt === null ? 202 : 200 });
  }

  @Endpoint(getCheck)
  async read({ tenant, params }: InputOf<typeof getCheck>) {
    const check = await this.checks.check(tenant.id, params.check);
    if (check === null || check.integrationId !== params.integration) throw notFound();
    return toView(check);
  }
}

function toView({ id, integrationId, requestedAt, finishedAt, steps }: ConnectionCheck): z.input<typeof checkView> {
  return {
    id,
    integrationId,
    requestedAt,
    finishedAt,
    ok: finishedAt === null ? null : steps.length > 0 && steps.every(({ ok }) => ok),
    steps: steps.map(({ step, ok, message, fields = [], moreFields = 0 }) => ({
      step,
      ok,
      message,
      fields,
      moreFields,
    })),
  };
}
