import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Dialler, HttpClient, SourceError } from '#connector-sdk';
import { Clock, ConfigurationError, type Notice, SecretBox, WebhookStore, type WebhookId } from '#core';
import { DeliveryError } from './delivery.errors.js';
import { noticeEventOf } from './notice-text.js';
import { openWebhookSecret } from './webhook-secret.js';
import { signedHeaders } from './webhook-signature.js';

const timeoutMs = 10_000;
const maxResponseBytes = 1024 * 1024;
/** Every status is an answer; what it means is judged here. */
const anyStatus = Array.from({ length: 300 }, (_, index) => index + 300);

const troubles: Readonly<Record<string, string>> = {
  addressNotAllowed:
    'Its host leads to an address that Muster may not connect to. Use a public one, or have the operator allow it (MUSTER_EGRESS_ALLOW).',
  hostNotAllowed: 'Its host is none that Muster may connect to (MUSTER_EGRESS_HOSTS).',
  hostNotFound: 'Its host name does not resolve.',
  certificateNotTrusted: 'Its certificate is not trusted.',
  refusedByProxy: 'The proxy refuses to connect to it.',
  timeout: 'It did not answer in time.',
};

/** Posts notices to webhooks, signed, by the dialler that keeps connections out of places where they may not lead. */
@Injectable()
export class WebhookSender implements OnModuleDestroy {
  private readonly http: HttpClient;

  constructor(
    private readonly webhooks: WebhookStore,
    private readonly box: SecretBox,
    private readonly clock: Clock,
    dialler: Dialler,
  ) {
    this.http = new HttpClient({ dialler, timeoutMs, maxResponseBytes, backoff: { maxAttempts: 1 } });
  }

  async onModuleDestroy(): Promise<void> {
    await this.http.close();
  }

  /** Resolves when the webhook has answered with a success. @throws DeliveryError, or the signal's reason */
  async send(notice: Notice, signal: AbortSignal): Promise<void> {
    const found = await this.webhooks.withSecret(notice.tenantId, notice.target as WebhookId);
    if (found === null) throw new DeliveryError('The webhook has been deleted.', true);
    const body = JSON.stringify(noticeEventOf(notice));
    const secret = this.open(notice, found.sealedSecret);
    const status = await this.post(found.webhook.url, {
      body,
      headers: {
        'content-type': 'application/json',
        ...signedHeaders(secret, { id: notice.id, body, nowMs: this.clock.nowMs() }),
      },
      signal,
    });
    if (status >= 200 && status < 300) return;
    // Standard Webhooks: 410 says that nobody listens there any more.
    if (status === 410) throw new DeliveryError('The webhook answered 410: it is gone. Delete it here.', true);
    throw new DeliveryError(`The webhook answered ${String(status)}. Any 2xx says that it has the notice.`, false);
  }

  private open({ tenantId }: Notice, sealed: string): string {
    try {
      return openWebhookSecret(this.box, tenantId, sealed);
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      const message = 'The webhook’s secret was sealed under another master key. Delete the webhook and make it anew.';
      throw new DeliveryError(message, true, { cause: error });
    }
  }

  private async post(
    url: string,
    request: { body: string; headers: Record<string, string>; signal: AbortSignal },
  ): Promise<number> {
    try {
      return await this.http.request({
        method: 'POST',
        url,
        ...request,
        accept: anyStatus,
        read: ({ status }) => status,
      });
    } catch (error) {
      request.signal.throwIfAborted();
      const code = error instanceof SourceError ? error.code : 'unexpected';
      const trouble = troubles[code] ?? `It cannot be reached (${code}).`;
      throw new DeliveryError(`The webhook has not been told. ${trouble}`, false, { cause: error });
    }
  }
}
