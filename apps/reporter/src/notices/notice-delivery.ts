import { Injectable } from '@nestjs/common';
import { Clock, type Notice, NoticeStore } from '#core';
import { errorFields, Logger, Metrics } from '#telemetry';
import { DeliveryError } from './delivery.errors.js';
import { SmtpMailer } from './smtp-mailer.js';
import { WebhookSender } from './webhook-sender.js';

/** Pauses between tries grow threefold, from the first to the longest. */
const firstPauseMs = 5_000;
const longestPauseMs = 60 * 60 * 1000;
/** How long after it was due a notice is tried. */
const givenUpAfterMs = 24 * 60 * 60 * 1000;

/** The two ways out. */
@Injectable()
export class NoticeChannels {
  constructor(
    readonly mailer: SmtpMailer,
    readonly webhooks: WebhookSender,
  ) {}
}

/**
 * Tries to send a notice, once. The try is counted, and the next one set, before it begins: whoever dies between sending and
 * noting it leaves a notice that is sent again, later, under the same id.
 */
@Injectable()
export class NoticeDelivery {
  constructor(
    private readonly notices: NoticeStore,
    private readonly channels: NoticeChannels,
    private readonly clock: Clock,
    private readonly metrics: Metrics,
    private readonly logger: Logger,
  ) {}

  /** False when it did not get through. @throws the signal's reason */
  async attempt(notice: Notice, signal: AbortSignal): Promise<boolean> {
    const { tenantId, id, tries, kind, channel } = notice;
    const pauseMs = Math.min(firstPauseMs * 3 ** tries, longestPauseMs);
    if (!(await this.notices.begin(notice, new Date(this.clock.nowMs() + pauseMs).toISOString()))) return true;
    try {
      if (channel === 'email') await this.channels.mailer.send(notice, signal);
      else await this.channels.webhooks.send(notice, signal);
    } catch (error) {
      if (!(error instanceof DeliveryError)) throw error;
      await this.noteFailure(notice, error);
      return false;
    }
    await this.notices.settle(tenantId, id, { state: 'sent', lastError: null, endedAt: this.clock.now() });
    this.metrics.notices.inc({ kind, channel, result: 'sent' });
    return true;
  }

  private async noteFailure({ tenantId, id, dueAt, kind, channel }: Notice, error: DeliveryError): Promise<void> {
    const isOver = error.isFinal || this.clock.nowMs() - Date.parse(dueAt) >= givenUpAfterMs;
    await this.notices.settle(tenantId, id, {
      lastError: error.message,
      ...(isOver ? { state: 'failed', endedAt: this.clock.now() } : {}),
    });
    this.metrics.notices.inc({ kind, channel, result: isOver ? 'failed' : 'retried' });
    const fields = { noticeId: id, tenantId, channel, ...errorFields(error) };
    if (isOver) this.logger.warn('A notice could not be sent and is given up.', fields);
    else this.logger.info('A notice could not be sent and is tried again.', fields);
  }
}
