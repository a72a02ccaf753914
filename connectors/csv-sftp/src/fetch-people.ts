import type { FetchBatch, FetchContext, FetchEnd } from '#connector-sdk';
import { chooseFile, type FileChoice, isSeen, type SecondReading, type WaitingFile } from './choose-file.js';
import { type CsvSftpState, maxApplied, readState, type SeenFile } from './csv-sftp.state.js';
import { FileContent } from './file-content.js';
import { FileReading } from './file-reading.js';
import { findArchived } from './find-archived.js';
import { findFiles } from './find-files.js';
import { eventsOf } from './report-files.js';
import { asFile, type ReportFolder } from './report-folder.js';
import type { ReportSecrets, ReportSettings } from './report.settings.js';

/** Reads the file whose turn it is, row by row; without one, ends with nobody and as a delta, so that nobody is missed. */
export async function* fetchPeople(
  context: FetchContext<ReportSettings, ReportSecrets>,
  open: () => Promise<ReportFolder>,
): AsyncGenerator<FetchBatch, FetchEnd, void> {
  const { config, signal, mappingVersion = null } = context;
  const session = await open();
  try {
    const { folder, files, unready } = await findFiles(session, config, signal);
    const before = readState(context.state);
    const archived = context.reread === true ? await findArchived(session, folder, config, files, before) : null;
    const found = archived === null ? files : [archived, ...files];
    const second = secondReading(context, before);
    const { choice, state } = await chooseNews(session, folder, found, config.content, before, second);
    const events = eventsOf(choice, unready);
    for (const event of events) context.log(event);
    const remarks = events.map(({ message }) => message);
    const { read, applied: known, done } = choice;
    if (read === null) {
      const gone = context.reread === true ? goneAgain(found, before) : [];
      const note = ['There is no new file.', ...remarks, ...gone].join(' ');
      const end = {
        extent: 'delta',
        lastPageSeen: true,
        note,
        state: { ...state, archive: done.map(toSeen) },
      } as const;
      return known.length === 0 ? end : { ...end, alreadyApplied: known.map(({ name }) => name) };
    }
    const reading = new FileReading(context, session, folder, read);
    const { missing, summary, sha256 } = yield* reading.records();
    const extent = config.content;
    if (missing !== null) return { extent, lastPageSeen: false, note: [missing, summary, ...remarks].join(' ') };
    const seen = toSeen(read);
    const others = state.applied.filter((one) => !isSeen(one, seen));
    const applied = [{ ...seen, sha256, mapping: mappingVersion }, ...others].slice(0, maxApplied);
    const toArchive = read.archived === undefined ? [seen] : [];
    return {
      extent,
      lastPageSeen: true,
      note: [summary, ...remarks].join(' '),
      state: { stamp: read.stamp, applied, archive: [...toArchive, ...done.map(toSeen)] },
    };
  } finally {
    session.close();
  }
}

/** A sync without a mapping changes nobody: nothing is news to it. */
function secondReading(
  { mappingVersion = null, reread = false }: Pick<FetchContext, 'mappingVersion' | 'reread'>,
  { applied: [last] }: CsvSftpState,
): SecondReading {
  if (reread) return 'asked';
  const { mapping = null } = last ?? {};
  return mapping !== null && mappingVersion !== null && mapping !== mappingVersion ? 'otherMapping' : 'no';
}

function goneAgain(files: readonly WaitingFile[], { applied: [last] }: CsvSftpState): string[] {
  return last === undefined || files.some((file) => isSeen(file, last))
    ? []
    : [`${last.name}, which was applied last, is in the folder no more, nor in the archive: it cannot be read again.`];
}

/** What was applied before may be put there again: that it has the same content, only reading it can tell. */
async function chooseNews(
  session: ReportFolder,
  folder: string,
  files: readonly WaitingFile[],
  content: ReportSettings['content'],
  state: CsvSftpState,
  second: SecondReading,
): Promise<{ choice: FileChoice; state: CsvSftpState }> {
  const choice = chooseFile(files, content, state, second);
  const { read, sameAs } = choice;
  if (read === null || sameAs === null) return { choice, state };
  const known = new FileContent('', read.size, session.read(`${folder}/${read.name}`, asFile(read)), null);
  for await (const _ of known.bytes());
  if (known.sha256 !== sameAs.sha256) return { choice, state };
  const applied = state.applied.map((one) => (one === sameAs ? { ...one, modified: read.modified } : one));
  return chooseNews(session, folder, files, content, { ...state, applied }, second);
}

function toSeen({ name, size, modified }: WaitingFile): SeenFile {
  return { name, size, modified };
}
