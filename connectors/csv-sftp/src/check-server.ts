import {
  checkReachable,
  type CheckStep,
  type ConnectorContext,
  failedStep,
  SourceConfigurationError,
  SourceCredentialsError,
} from '#connector-sdk';
import { checkFiles } from './check-files.js';
import type { CsvSftpConfig, CsvSftpSecrets } from './csv-sftp.settings.js';
import { SftpSession } from './sftp-session.js';

type Context = ConnectorContext<CsvSftpConfig, CsvSftpSecrets>;

/** Logs in at the server, and looks at the files there. */
export async function* checkServer(context: Context): AsyncGenerator<CheckStep, void, void> {
  const { host, port, user } = context.config;
  yield { step: 'configuration', ok: true, message: 'The settings are complete.' };
  for await (const step of checkReachable({ host, port }, context)) {
    yield step;
    if (!step.ok) return;
  }
  let session: SftpSession;
  try {
    session = await SftpSession.open(context);
  } catch (error) {
    yield* loginFailed(error);
    return;
  }
  try {
    yield trusted;
    yield { step: 'credentials', ok: true, message: `The server accepts the login of ${user}.` };
    yield* checkFiles(context, session);
  } finally {
    session.close();
  }
}

const trusted: CheckStep = {
  step: 'hostKey',
  ok: true,
  message: 'The server proves by its host key that it is the one of the settings.',
};

function* loginFailed(error: unknown): Generator<CheckStep, void, void> {
  if (error instanceof SourceCredentialsError && error.code === 'loginRefused') {
    yield trusted;
    yield failedStep('credentials', error);
  } else if (error instanceof SourceCredentialsError) {
    yield failedStep('credentials', error);
  } else if (error instanceof SourceConfigurationError && error.code.startsWith('hostKey')) {
    yield failedStep('hostKey', error);
  } else {
    yield failedStep('connect', error);
  }
}
