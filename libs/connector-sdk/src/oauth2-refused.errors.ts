import type { SourceError } from './source.errors.js';
import { SourceCredentialsError, SourceRetriableError } from './source.errors.js';

export interface RefusedToken {
  readonly status: number;
  /** The answer's header of that name. */
  readonly date: string | undefined;
  readonly answer: Readonly<Record<string, unknown>> | null;
}

/** No endpoint minds less: RFC 7523 §3 leaves it to them how much of a difference they allow. */
const LEAST_SECONDS = 5;
/** Of so much, what was signed is refused wherever it is good for two minutes and its issue is looked at. */
const PLAIN_SECONDS = 30;

/** How endpoints say that a time in a token is not to their liking; `AADSTS700024` is Entra's. */
const OF_TIME =
  /AADSTS700024\b|\bexpired?\b|\bexp\b|\biat\b|\bnbf\b|not yet valid|in the (?:past|future)|time range|clock/i;

/**
 * What it means that a token endpoint gives no token.
 *
 * @param asked `settings`: those to look at; `isTimed`: whether something in the request is signed with this machine's time, `nowMs`
 */
export function tokenRefused(
  { status, date, answer }: RefusedToken,
  { tokenUrl, settings, isTimed, nowMs }: { tokenUrl: string; settings: string; isTimed: boolean; nowMs: number },
): SourceError {
  const { host } = new URL(tokenUrl);
  // RFC 6749 §5.2: one of a closed list of words; anything else could be free text with anything in it.
  const word = answer?.['error'];
  const reason = typeof word === 'string' && /^[a-z_]{1,40}$/.test(word) ? word : `status ${status}`;
  const seconds = Math.round((Date.parse(date ?? '') - nowMs) / 1000);
  const description = answer?.['error_description'];
  const isOfTime = typeof description === 'string' && OF_TIME.test(description);
  const off = Number.isNaN(seconds) ? null : Math.abs(seconds);
  if (isTimed && (off === null ? isOfTime : off >= PLAIN_SECONDS || (isOfTime && off >= LEAST_SECONDS))) {
    const how = off === null ? 'differs from ours' : `is ${off} s ${seconds > 0 ? 'ahead of' : 'behind'} ours`;
    return new SourceRetriableError({
      code: 'clockWrong',
      message: `${host} gives no token to this client (${reason}): the clock there ${how}, so that what is signed here is out of time there. Set the clock of the machine that Muster runs on; the next sync tries again.`,
      fields: { status, reason, ...(off === null ? {} : { secondsOff: off }) },
    });
  }
  return new SourceCredentialsError({
    code: 'tokenRefused',
    message: `${host} gives no token to this client (${reason}). Check ${settings} in the integration's settings.`,
    fields: { status, reason },
  });
}
