import {
  SourceConfigurationError,
  SourceCredentialsError,
  SourceError,
  SourceFatalError,
  SourceRetriableError,
} from '#connector-sdk';
import type { ServerResult } from './read-message.js';

/** Result codes of RFC 4511 §4.1.9 that are more than "refused". */
export const RESULT = {
  success: 0,
  operationsError: 1,
  protocolError: 2,
  timeLimitExceeded: 3,
  sizeLimitExceeded: 4,
  authMethodNotSupported: 7,
  strongerAuthRequired: 8,
  referral: 10,
  adminLimitExceeded: 11,
  unavailableCriticalExtension: 12,
  confidentialityRequired: 13,
  noSuchObject: 32,
  invalidDnSyntax: 34,
  inappropriateAuthentication: 48,
  invalidCredentials: 49,
  insufficientAccessRights: 50,
  busy: 51,
  unavailable: 52,
} as const;

/** Why Active Directory refuses a login: Windows' error code, in hex, within its diagnostic message (`…, data 52e, v4563`). */
const WINDOWS_REASONS: Readonly<Record<string, string>> = {
  '525': 'it does not know the user of bindDn.',
  '52e': 'the password is wrong.',
  '52f': 'an account restriction keeps this user from logging in.',
  '530': 'this user may not log in at this time of day.',
  '531': 'this user may not log in from here.',
  '532': 'the password has expired. Set a new one that does not expire, or renew it in time.',
  '533': 'the account is disabled.',
  '701': 'the account has expired.',
  '773': 'the password must be changed first.',
  '775': 'the account is locked after too many wrong passwords.',
};

export type AskedFor = 'bind' | 'search' | 'startTls';

/** An answer that is not a success. `server`: host and port. What the server says itself is not repeated: it may name people. */
export function resultFailure({ code, diagnostic }: ServerResult, asked: AskedFor, server: string): SourceError {
  const fields = { server, result: code };
  switch (code) {
    case RESULT.invalidCredentials:
      return loginRefused(diagnostic, server);
    case RESULT.inappropriateAuthentication:
    case RESULT.authMethodNotSupported:
      return new SourceCredentialsError({
        code: 'loginRefused',
        fields,
        message: `${server} does not let the user of bindDn log in with a password (result ${code}). Use another user.`,
      });
    case RESULT.insufficientAccessRights:
      return new SourceCredentialsError({
        code: 'forbidden',
        fields,
        message: `${server} does not let the user of bindDn ${asked === 'bind' ? 'log in' : 'search below baseDn'} (result 50). Ask whoever runs the directory for the right to read.`,
      });
    case RESULT.strongerAuthRequired:
    case RESULT.confidentialityRequired:
      return new SourceConfigurationError({
        code: 'encryptionRequired',
        fields,
        message: `${server} wants an encrypted connection (result ${code}). Use ldaps://, or set startTls.`,
      });
    case RESULT.noSuchObject:
      return new SourceConfigurationError({
        code: 'baseNotFound',
        fields,
        message: `${server} has nothing at baseDn, or does not show it to the user of bindDn. Check baseDn.`,
      });
    case RESULT.invalidDnSyntax:
      return new SourceConfigurationError({
        code: 'invalidDn',
        fields,
        message: `${server} does not understand ${asked === 'bind' ? 'bindDn' : 'baseDn'}. Check how it is written: as a distinguished name.`,
      });
    case RESULT.referral:
      return new SourceConfigurationError({
        code: 'heldElsewhere',
        fields,
        message: `${server} says that another server holds baseDn. Use that server's address, or a global catalogue.`,
      });
    case RESULT.unavailableCriticalExtension:
      return new SourceConfigurationError({
        code: 'pagingNotSupported',
        fields,
        message: `${server} cannot send people in pages (RFC 2696), or not to this user. Ask whoever runs the directory to allow it.`,
      });
    case RESULT.timeLimitExceeded:
      return new SourceRetriableError({
        code: 'timeLimit',
        fields,
        message: `${server} gave up on a page after its time limit. The next sync tries again. If this stays, set a smaller pageSize, or let the directory index the attributes of the filter.`,
      });
    case RESULT.sizeLimitExceeded:
    case RESULT.adminLimitExceeded:
      return new SourceConfigurationError({
        code: 'sizeLimit',
        fields,
        message: `${server} sends the user of bindDn nobody at all because of a limit on how many entries it may read (result ${code}). Ask whoever runs the directory to lift it.`,
      });
    case RESULT.busy:
    case RESULT.unavailable:
      return new SourceRetriableError({
        code: 'unavailable',
        fields,
        message: `${server} is busy or going down (result ${code}). The next sync tries again.`,
      });
    default:
      return refused(code, asked, server);
  }
}

function loginRefused(diagnostic: string, server: string): SourceError {
  const data = /\bdata ([0-9a-f]{3,8})\b/i.exec(diagnostic)?.[1]?.toLowerCase();
  const reason = data === undefined ? undefined : WINDOWS_REASONS[data];
  return new SourceCredentialsError({
    code: 'loginRefused',
    fields: { server, result: RESULT.invalidCredentials, ...(reason === undefined ? {} : { cause: data ?? '' }) },
    message:
      reason === undefined
        ? `${server} refuses the login. Check bindDn and password.`
        : `${server} refuses the login: ${reason}`,
  });
}

function refused(code: number, asked: AskedFor, server: string): SourceError {
  const fields = { server, result: code };
  if (asked === 'startTls') {
    return new SourceConfigurationError({
      code: 'startTlsRefused',
      fields,
      message: `${server} does not offer STARTTLS (result ${code}). Use ldaps://, or ask whoever runs the directory to give it a certificate.`,
    });
  }
  // Active Directory's answer to a search by nobody.
  if (code === RESULT.operationsError && asked === 'search') {
    return new SourceCredentialsError({
      code: 'notLoggedIn',
      fields,
      message: `${server} does not count the user of bindDn as logged in (result 1). Check bindDn and password.`,
    });
  }
  return new SourceFatalError({
    code: 'requestRefused',
    fields,
    message: `${server} refuses the ${asked} with LDAP's result code ${code}.`,
  });
}

/** What ended a connection, or kept an answer from coming. */
export function connectionFailure(error: unknown, server: string): SourceError {
  if (error instanceof SourceError) return error;
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
  return new SourceRetriableError({
    code: 'connectionLost',
    message: `${server} ended the connection${code === null ? '' : ` (${code})`}. The next sync tries again.`,
    fields: { server, ...(code === null ? {} : { cause: code }) },
    cause: error,
  });
}

export function timedOut(server: string): SourceError {
  return new SourceRetriableError({
    code: 'timeout',
    message: `${server} did not answer in time. The next sync tries again. If this stays, set a smaller pageSize.`,
    fields: { server },
  });
}
