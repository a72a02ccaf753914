import { type CheckStep, type ConnectorContext, failedStep } from '#connector-sdk';
import { checkFiles } from '../check-files.js';
import type { CsvInboxConfig, CsvInboxSecrets } from './csv-inbox.settings.js';
import { inboxClosed, InboxFolder } from './inbox-folder.js';

/** Says whether files can be sent, and looks at those that were. */
export async function* checkInbox(
  context: ConnectorContext<CsvInboxConfig, CsvInboxSecrets>,
): AsyncGenerator<CheckStep, void, void> {
  const { config, secrets, inbox } = context;
  if (inbox === undefined) {
    yield { step: 'configuration', ok: false, message: inboxClosed };
    return;
  }
  yield { step: 'configuration', ok: true, message: 'The settings are complete.' };
  if (config.publicKeys.length === 0 && secrets.password === undefined) {
    const message = 'Nobody can send files: there is neither a password nor a public key. Set one of them.';
    yield { step: 'credentials', ok: false, message };
    return;
  }
  const ways = [
    ...(secrets.password === undefined ? [] : ['a password']),
    ...(config.publicKeys.length === 0 ? [] : [`one of ${config.publicKeys.length} keys`]),
  ];
  yield { step: 'credentials', ok: true, message: `Files can be sent with ${ways.join(' or ')}.` };
  try {
    yield* checkFiles(context, InboxFolder.open(context));
  } catch (error) {
    yield failedStep('firstPage', error);
  }
}
