import {
  checkReachable,
  type CheckStep,
  type ConnectorContext,
  failedStep,
  SourceCredentialsError,
  SourceError,
} from '#connector-sdk';
import { parseFilter } from './directory-filter.js';
import { type DirectoryPage, DirectorySession } from './directory-session.js';
import { filterOf, idAttributeOf, type LdapConfig, type LdapSecrets, serverOf } from './ldap.settings.js';
import { PersonRecords } from './person-record.js';

type Context = ConnectorContext<LdapConfig, LdapSecrets>;

/** Logs in and reads one small page. Shows which attributes people have, never what is in them. */
export async function* checkDirectory(context: Context): AsyncGenerator<CheckStep, void, void> {
  const { config } = context;
  const server = serverOf(config);
  yield {
    step: 'configuration',
    ok: true,
    message:
      server.tls || config.startTls
        ? 'The settings are complete.'
        : 'The settings are complete. The connection is not encrypted: people and the password travel in clear.',
  };
  for await (const step of checkReachable(server, context)) {
    yield step;
    if (!step.ok) return;
  }
  let session: DirectorySession;
  try {
    session = await DirectorySession.open(context);
  } catch (error) {
    const isRefused =
      error instanceof SourceCredentialsError || (error instanceof SourceError && error.code === 'invalidDn');
    yield failedStep(isRefused ? 'credentials' : 'connect', error);
    return;
  }
  try {
    yield { step: 'credentials', ok: true, message: `The server accepts the login of the user of bindDn.` };
    yield* lookAtPeople(config, session);
  } finally {
    session.close();
  }
}

async function* lookAtPeople(config: LdapConfig, session: DirectorySession): AsyncGenerator<CheckStep, void, void> {
  const reader = new PersonRecords(config);
  let page: DirectoryPage;
  try {
    const pages = session.pages({ filter: parseFilter(filterOf(config)), attributes: reader.attributes });
    const first = await pages.next();
    page = first.done === true ? { entries: [], references: 0 } : first.value;
  } catch (error) {
    yield failedStep('firstPage', error);
    return;
  }
  const { entries, references } = page;
  if (entries.length === 0) {
    const message = 'The search works but finds nobody. Check filter and baseDn, and what the user of bindDn may read.';
    yield { step: 'firstPage', ok: false, message, details: { references } };
    return;
  }
  yield {
    step: 'firstPage',
    ok: true,
    message: `The first page has ${entries.length} people.`,
    details: { people: entries.length, references },
  };
  yield sample(config, reader, page);
}

function sample(config: LdapConfig, reader: PersonRecords, { entries }: DirectoryPage): CheckStep {
  try {
    const people = entries.map((entry) => reader.read(entry));
    const attributes = reader.namesIn(people);
    const withoutId = people.filter(({ id }) => id === null).length;
    const details = { attributes, withoutId, accountStateKnown: people.some(({ disabled }) => disabled !== null) };
    if (withoutId > 0) {
      const message = `${withoutId} of ${people.length} people have no single ${idAttributeOf(config)}, which is their id. Set another idAttribute, or a filter that leaves them out.`;
      return { step: 'sample', ok: false, message, details };
    }
    return { step: 'sample', ok: true, message: `People have ${attributes.length} attributes.`, details };
  } catch (error) {
    return failedStep('sample', error);
  }
}
