import { type FetchBatch, type FetchContext, type FetchEnd, unknownCursor } from '#connector-sdk';
import type { Filter } from 'ldapts';
import { guidBytes, isGuidAttribute } from './binary-text.js';
import { parseFilter, withValue } from './directory-filter.js';
import { DirectorySession, type SearchEnd } from './directory-session.js';
import { filterOf, idAttributeOf, type LdapConfig, type LdapSecrets } from './ldap.settings.js';
import { ManagerIds } from './manager-ids.js';
import { PersonRecords } from './person-record.js';

type Context = FetchContext<LdapConfig, LdapSecrets>;

/** Everybody whom the filter fits, in the server's pages, or one person by the id attribute. */
export async function* fetchPeople(context: Context): AsyncGenerator<FetchBatch, FetchEnd, void> {
  const { config, cursor, person } = context;
  if (cursor !== null) throw unknownCursor('A search cannot be read on from the middle.');
  const filter = parseFilter(filterOf(config));
  const wanted = person === null ? filter : filterOfPerson(config, filter, person);
  if (wanted === null) return endOfPerson(0);

  const session = await DirectorySession.open(context);
  try {
    const reader = new PersonRecords(config);
    const managers = new ManagerIds(session, config);
    const pages = session.pages({ filter: wanted, attributes: reader.attributes });
    let records = 0;
    let references = 0;
    for (let step = await pages.next(); ; step = await pages.next()) {
      if (step.done === true) {
        if (person !== null) return endOfPerson(records);
        return endOf(config, { end: step.value, records, references, leftOut: [...reader.leftOut] });
      }
      references += step.value.references;
      const people = step.value.entries.map((entry) => reader.read(entry));
      if (people.length === 0) continue;
      const managerIds = await managers.of(people);
      records += people.length;
      context.progress({ records });
      yield { records: people.map((one, index) => reader.record(one, managerIds[index] ?? null)), next: null };
    }
  } finally {
    session.close();
  }
}

/** Null when nobody can have this id. */
function filterOfPerson(config: LdapConfig, filter: Filter, id: string): Filter | null {
  const attribute = idAttributeOf(config);
  const value = isGuidAttribute(attribute) ? guidBytes(id) : id;
  return value === null ? null : withValue(filter, attribute, value);
}

function endOfPerson(records: number): FetchEnd {
  const note = records > 0 ? {} : { note: 'The directory does not know this person, or the filter does not fit them.' };
  return { extent: 'person', lastPageSeen: true, ...note };
}

interface Reading {
  readonly end: SearchEnd;
  readonly records: number;
  readonly references: number;
  readonly leftOut: readonly string[];
}

/** Only a search that came to its last page, with somebody on one, and with no part held elsewhere, says who is missing. */
function endOf({ ignoreReferrals }: LdapConfig, { end, records, references, leftOut }: Reading): FetchEnd {
  const isPartial = references > 0 && !ignoreReferrals;
  const notes = [
    ...(end === 'limit' ? [limitNote(records)] : []),
    ...(end === 'unmarked' ? [unmarkedNote] : []),
    ...(end === 'whole' && records === 0 ? [emptyNote] : []),
    ...(isPartial ? [referralNote(references)] : []),
    ...(leftOut.length > 0 ? [`Values of ${leftOut.join(', ')} are no text and were left out.`] : []),
  ];
  return {
    extent: 'full',
    lastPageSeen: end === 'whole' && records > 0 && !isPartial,
    ...(notes.length === 0 ? {} : { note: notes.join(' ') }),
  };
}

const unmarkedNote =
  'The server answered without saying whether more people follow. Those who came are used, and nobody is removed for not being among them.';

const emptyNote =
  'The directory shows nobody. That is what it answers when its user may see nobody or the filter fits nobody, so it does not mean that everyone left: nobody is removed. Check filter, baseDn and the rights of the user of bindDn.';

function limitNote(records: number): string {
  return `The server stopped after ${records} people, because the user of bindDn may not read more. They are used, and nobody is removed for not being among them. Ask whoever runs the directory to lift the size limit of that user.`;
}

function referralNote(references: number): string {
  const parts = references === 1 ? 'One part of the tree is' : `${references} parts of the tree are`;
  return `${parts} held by other servers and was not read, so nobody is removed. Choose a baseDn within this server, or set ignoreReferrals if no people are there.`;
}
