import type { RequestAuthorization } from '../http-request.js';
import { SourceConfigurationError } from '../source.errors.js';

export interface BasicCredentials {
  readonly username: string;
  /** May be empty: some sources take an access key as the name and nothing else. */
  readonly password: string;
  /** What the settings are called, for messages. Default: `username` and `password`. */
  readonly settings?: { readonly username: string; readonly password: string };
}

/** RFC 7617 §2 forbids them in both halves. */
const CONTROL = /\p{Cc}/u;

/**
 * HTTP Basic (RFC 7617), in UTF-8. A password that was refused is not sent again: many sources lock a user after a few wrong ones.
 *
 * @throws SourceConfigurationError `unusableCredential` for a name with a colon (the source would split it there), and for control
 *   characters; it names the setting and shows no value
 */
export function basicAuthorization({
  username,
  password,
  settings = { username: 'username', password: 'password' },
}: BasicCredentials): RequestAuthorization {
  if (username.includes(':')) throw unusable(settings.username, 'holds a colon, behind which the password would begin');
  if (CONTROL.test(username)) throw unusable(settings.username, 'holds a line break or another control character');
  if (CONTROL.test(password)) throw unusable(settings.password, 'holds a line break or another control character');
  const authorization = `Basic ${Buffer.from(`${username}:${password}`, 'utf8').toString('base64')}`;
  return { headers: async () => ({ authorization }) };
}

function unusable(setting: string, why: string): SourceConfigurationError {
  return new SourceConfigurationError({
    code: 'unusableCredential',
    message: `${setting} ${why}: it cannot be sent by HTTP Basic. Correct it in the integration's settings.`,
    fields: { setting },
  });
}
