import type { FetchBatch, FetchContext, FetchEnd } from '#connector-sdk';
import { chooseFile, type FileChoice, type WaitingFile } from './choose-file.js';
import { type CsvSftpState, maxApplied, readState, type SeenFile } from './csv-sftp.state.js';
import { FileContent } from './file-content.js';
import { FileReading } from './file-reading.js';
import { findFiles } from './find-files.js';
import { eventsOf } from './report-files.js';
import { asFile, type ReportFolder } from './report-folder.js';
import type { ReportSecrets, ReportSettings } from './report.settings.js';

/** Reads the file whose turn it is, row by row; without one, ends with nobody and as a delta, so that nobody is missed. */
export async function* fetchPeople(
  context: FetchContext<ReportSettings, ReportSecrets>,
  open: () => Promise<ReportFolder>,
): AsyncGenerator<FetchBatch, FetchEnd, void> {
  const { config, signal } = context;
  const session = await open();
  try {
    const { folder, files, unready } = await findFiles(session, config, signal);
    const { choice, state } = await chooseNews(session, folder, files, config.content, readState(context.state));
    const events = eventsOf(choice, unready);
    for (const event of events) context.log(event);
    const remarks = events.map(({ message }) => message);
    const { read, done } = choice;
    if (read === null) {
      const note = ['There is no new file.', ...remarks].join(' ');
      return { extent: 'delta', lastPageSeen: true, note, state: { ...state, archive: done.map(toSeen) } };
    }
    const { missing, summary, sha256 } = yield* new FileReading(context, session, folder, read).records();
    const extent = config.content;
    if (missing !== null) return { extent, lastPageSeen: false, note: [missing, summary, ...remarks].join(' ') };
    const seen = toSeen(read);
    const applied = [{ ...seen, sha256 }, ...state.applied].slice(0, maxApplied);
    return {
      extent,
      lastPageSeen: true,
      note: [summary, ...remarks].join(' '),
      state: { stamp: read.stamp, applied, archive: [seen, ...done.map(toSeen)] },
    };
  } finally {
    session.close();
  }
}

/** What was applied before may be put there again: that it has the same content, only reading it can tell. */
async function chooseNews(
  session: ReportFolder,
  folder: string,
  files: readonly WaitingFile[],
  content: ReportSettings['content'],
  state: CsvSftpState,
): Promise<{ choice: FileChoice; state: CsvSftpState }> {
  const choice = chooseFile(files, content, state);
  const { read, sameAs } = choice;
  if (read === null || sameAs === null) return { choice, state };
  const known = new FileContent('', read.size, session.read(`${folder}/${read.name}`, asFile(read)), null);
  for await (const _ of known.bytes());
  if (known.sha256 !== sameAs.sha256) return { choice, state };
  const applied = state.applied.map((one) => (one === sameAs ? { ...one, modified: read.modified } : one));
  return chooseNews(session, folder, files, content, { ...state, applied });
}

function toSeen({ name, size, modified }: WaitingFile): SeenFile {
  return { name, size, modified };
}
