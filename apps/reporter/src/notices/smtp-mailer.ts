import { Injectable } from '@nestjs/common';
import { createTransport } from 'nodemailer';
import { MusterConfig } from '#config';
import type { Notice } from '#core';
import { DeliveryError } from './delivery.errors.js';
import { noticeText } from './notice-text.js';

const timeoutMs = 15_000;

/** Sends notices as plain mail to the server of `MUSTER_SMTP_URL`. */
@Injectable()
export class SmtpMailer {
  constructor(private readonly config: MusterConfig) {}

  /** False: without a server no mail is sent. */
  get isOn(): boolean {
    return this.config.mail !== null;
  }

  /** Resolves when the server has taken the mail. @throws DeliveryError, or the signal's reason */
  async send(notice: Notice, signal: AbortSignal): Promise<void> {
    const { mail } = this.config;
    if (mail === null) throw new DeliveryError('E-mail is off: MUSTER_SMTP_URL is not set.', true);
    const transport = createTransport({
      url: mail.url,
      connectionTimeout: timeoutMs,
      greetingTimeout: timeoutMs,
      socketTimeout: timeoutMs,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    try {
      const sent = transport.sendMail({
        from: mail.from,
        to: { name: '', address: notice.target },
        subject: notice.title,
        text: noticeText(notice),
        // The same over all tries, so that a mail server may drop a second one.
        messageId: `<${notice.id}@${mail.from.slice(mail.from.lastIndexOf('@') + 1)}>`,
        headers: { 'Auto-Submitted': 'auto-generated' },
      });
      await Promise.race([sent, aborted(signal)]);
    } catch (error) {
      signal.throwIfAborted();
      throw toDeliveryError(error);
    } finally {
      transport.close();
    }
  }
}

/** Nothing ends a mail that is under way: whoever has to stop leaves it. Rejects with the signal's reason. */
async function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const stop = (): void => reject(new Error('the mail was left under way', { cause: signal.reason }));
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}

/** What a server says may repeat the recipient or more: only its status is passed on. */
function toDeliveryError(error: unknown): DeliveryError {
  const { code = 'unknown', responseCode } = error as { code?: string; responseCode?: number };
  if (code === 'EAUTH') {
    return new DeliveryError('The mail server refuses the credentials. Check MUSTER_SMTP_URL.', false, {
      cause: error,
    });
  }
  if (responseCode !== undefined) {
    const isFinal = responseCode >= 500;
    const next = isFinal ? 'Check the address, and MUSTER_SMTP_FROM.' : 'It is tried again.';
    return new DeliveryError(`The mail server answered ${String(responseCode)}. ${next}`, isFinal, { cause: error });
  }
  return new DeliveryError(`The mail server cannot be reached (${code}). It is tried again.`, false, { cause: error });
}
