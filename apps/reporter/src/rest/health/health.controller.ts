import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { Readiness } from '#pipeline';
import { Metrics } from '#telemetry';
import { Answer } from '../http/answer.js';
import { defineEndpoint, Endpoint } from '../http/endpoint.js';
import { time } from '../v1/words.js';

const getLiveness = defineEndpoint({
  method: 'GET',
  path: '/healthz',
  role: null,
  summary: 'Whether the process is alive',
  response: z.object({ status: z.literal('ok').describe('Whoever answers is alive.') }),
});

const getReadiness = defineEndpoint({
  method: 'GET',
  path: '/readyz',
  role: null,
  summary: 'Whether it can work: the bus and the stores answer, and no stage is paused by an outage',
  response: z.object({
    status: z.enum(['ready', 'notReady']).describe('`notReady` has the status 503.'),
    problems: z
      .array(
        z.object({
          part: z.string().describe('`bus`, `store`, or the stage or loop that waits.'),
          code: z.string().describe('Stable; programs decide by it.'),
          message: z.string().describe('What is away.'),
          since: time.nullable().describe('Null when it was found just now.'),
        }),
      )
      .describe('What is missing; empty when it is ready.'),
  }),
  alsoStatus: [503],
});

const getMetrics = defineEndpoint({
  method: 'GET',
  path: '/metrics',
  role: null,
  summary: 'Metrics in the Prometheus text format',
  mediaType: 'text/plain; version=0.0.4; charset=utf-8',
});

@Controller()
export class HealthController {
  constructor(
    private readonly parts: Readiness,
    private readonly metrics: Metrics,
  ) {}

  @Endpoint(getLiveness)
  async liveness(): Promise<{ status: 'ok' }> {
    return { status: 'ok' };
  }

  @Endpoint(getReadiness)
  async readiness() {
    const problems = await this.parts.problems();
    if (problems.length === 0) return { status: 'ready' as const, problems };
    return new Answer({ status: 'notReady' as const, problems }, { status: 503, headers: { 'retry-after': '5' } });
  }

  @Endpoint(getMetrics)
  async exposition(): Promise<Answer<string>> {
    const { contentType, text } = await this.metrics.expose();
    return new Answer(text, { headers: { 'content-type': contentType } });
  }
}
