import type { MailSettings } from './muster-config.js';
import type { Settings } from './settings.js';
import type { TellProblem } from './tell-problem.js';

/** How mail is sent; null: it is not. One of the two settings alone is told. */
export function mailSettings(
  { MUSTER_SMTP_URL: url, MUSTER_SMTP_FROM: from }: Settings,
  tell: TellProblem,
): MailSettings | null {
  if (url !== null && from !== null) return { url, from };
  if (url !== null) {
    tell('MUSTER_SMTP_FROM must be set with MUSTER_SMTP_URL: the address that notices come from.', 'MUSTER_SMTP_FROM');
  }
  if (from !== null) {
    tell('MUSTER_SMTP_URL must be set with MUSTER_SMTP_FROM: the server that takes mail.', 'MUSTER_SMTP_URL');
  }
  return null;
}
