import {
  SourceConfigurationError,
  SourceCredentialsError,
  SourceError,
  SourceFatalError,
  SourceRetriableError,
} from '#connector-sdk';

/** Status codes of SFTP version 3 (draft-ietf-secsh-filexfer-02 §7). */
export const SFTP_STATUS = { endOfFile: 1, noSuchFile: 2, permissionDenied: 3 } as const;

/** What kept a connection from being made, or ended it. `server`: host and port, as messages name it. */
export function connectionFailure(error: unknown, server: string): SourceError {
  if (error instanceof SourceError) return error;
  const { code, level } = describe(error);
  const fields = { server, ...(typeof code === 'string' ? { cause: code } : {}) };
  if (level === 'client-authentication') {
    return new SourceCredentialsError({
      code: 'loginRefused',
      fields,
      message: `${server} refuses the login. Check user, password and private key, and which of them the server accepts.`,
    });
  }
  if (level === 'handshake') {
    return new SourceConfigurationError({
      code: 'noCommonAlgorithm',
      fields,
      message: `${server} and Muster have no way to encrypt in common, or the server is no SSH server. Its software may be too old.`,
    });
  }
  if (level === 'client-timeout') {
    return timedOut(server);
  }
  const how = typeof code === 'string' ? ` (${code})` : '';
  return new SourceRetriableError({
    code: 'unreachable',
    fields,
    message: `${server} cannot be reached, or ended the connection${how}. The next sync tries again.`,
  });
}

export function timedOut(server: string): SourceRetriableError {
  const message = `${server} did not answer in time. The next sync tries again.`;
  return new SourceRetriableError({ code: 'timeout', message, fields: { server } });
}

/** An answer of the server to one request. `what`: which file or folder, as the settings name it. */
export function requestFailure(error: unknown, what: string, server: string): SourceError {
  if (error instanceof SourceError) return error;
  const { code } = describe(error);
  if (code === SFTP_STATUS.noSuchFile) {
    return new SourceConfigurationError({
      code: 'pathNotFound',
      message: `${server} has no ${what}. Check the path in the integration's settings.`,
      fields: { server },
    });
  }
  if (code === SFTP_STATUS.permissionDenied) {
    return new SourceCredentialsError({
      code: 'forbidden',
      message: `${server} does not let the user at ${what}. Ask whoever runs the server for the permission.`,
      fields: { server },
    });
  }
  if (typeof code === 'number') {
    return new SourceFatalError({
      code: 'requestRefused',
      message: `${server} answered with SFTP status ${code} to a request for ${what}.`,
      fields: { server, status: code },
    });
  }
  return connectionFailure(error, server);
}

function describe(error: unknown): { code?: unknown; level?: unknown } {
  return typeof error === 'object' && error !== null ? error : {};
}
