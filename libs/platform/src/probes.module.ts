import { Controller, Get, Header, Module, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Readiness } from '#pipeline';
import { Metrics } from '#telemetry';
import { notReadyHeaders } from './not-ready.js';

/** What an orchestrator and Prometheus ask of a role that has no API. The reporter's API answers the same itself. */
@Controller()
class ProbesController {
  constructor(
    private readonly readiness: Readiness,
    private readonly metrics: Metrics,
  ) {}

  @Get('healthz')
  healthz(): { status: 'ok' } {
    return { status: 'ok' };
  }

  @Get('readyz')
  async readyz(@Res() reply: FastifyReply): Promise<void> {
    const problems = await this.readiness.problems();
    if (problems.length === 0) await reply.status(200).send({ status: 'ready', problems });
    else await reply.status(503).headers(notReadyHeaders).send({ status: 'notReady', problems });
  }

  @Get('metrics')
  @Header('cache-control', 'no-store')
  async exposition(@Res() reply: FastifyReply): Promise<void> {
    const { contentType, text } = await this.metrics.expose();
    await reply.header('content-type', contentType).send(text);
  }
}

@Module({ controllers: [ProbesController] })
export class ProbesModule {}
