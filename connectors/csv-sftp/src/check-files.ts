import { type CheckStep, type ConnectorContext, CsvError, failedStep, openCsv } from '#connector-sdk';
import { chooseFile, type WaitingFile } from './choose-file.js';
import { ID_COLUMNS } from './csv-sftp.mapping.js';
import { readState } from './csv-sftp.state.js';
import { FileContent } from './file-content.js';
import { findFiles } from './find-files.js';
import { PgpDecryption } from './pgp-decryption.js';
import { asFile, type ReportFolder } from './report-folder.js';
import type { ReportSecrets, ReportSettings } from './report.settings.js';

/** Looks for files, and reads the first rows of the newest. Shows which columns there are, never what is in them. */
export async function* checkFiles(
  context: ConnectorContext<ReportSettings, ReportSecrets>,
  session: ReportFolder,
): AsyncGenerator<CheckStep, void, void> {
  const { config, signal, state } = context;
  try {
    // One look: a check has no time to watch a file grow.
    const { folder, files, unready } = await findFiles(session, { ...config, settleSeconds: 0 }, signal);
    const { read } = chooseFile(files, config.content, readState(state));
    const newest = files.toSorted((a, b) => (a.stamp < b.stamp ? -1 : 1)).at(-1);
    const which = read ?? newest;
    const waits = unready.map(({ name, reason }) => ({ name, reason }));
    yield {
      step: 'firstPage',
      ok: true,
      message:
        which === undefined
          ? `The folder ${folder} can be read. No file in it has a name as the path describes.`
          : `The folder ${folder} holds ${files.length} such files; ${read === null ? 'none of them is new and ready to be read' : `${read.name} would be read`}.`,
      details: { files: files.length, waits },
    };
    if (which !== undefined) yield await sample(context, session, folder, which);
  } catch (error) {
    yield failedStep('firstPage', error);
  }
}

async function sample(
  context: ConnectorContext<ReportSettings, ReportSecrets>,
  session: ReportFolder,
  folder: string,
  file: WaitingFile,
): Promise<CheckStep> {
  const { config } = context;
  const bytes = session.read(`${folder}/${file.name}`, asFile(file));
  try {
    const content = new FileContent(file.name, file.size, bytes, await PgpDecryption.open(context));
    const csv = await openCsv(content.bytes(), config, ID_COLUMNS);
    const { separator, encoding, header, idColumn } = csv;
    const rows = csv.records();
    const first = await rows.next();
    await rows.return({ rows: 0, blankRows: 0, cutOff: null });
    const how = `${file.name} is read as ${encoding} with the separator ${separator}`;
    if (first.done === true) {
      return { step: 'sample', ok: false, message: `${how}: it has ${header.length} columns, and nobody in it.` };
    }
    return {
      step: 'sample',
      ok: true,
      message: `${how}: ${header.length} columns, the id in "${idColumn}".`,
      details: { fields: [...header], separator, encoding },
    };
  } catch (error) {
    if (error instanceof CsvError) {
      return { step: 'sample', ok: false, message: `${file.name}: ${error.message}`, details: { code: error.code } };
    }
    return failedStep('sample', error);
  } finally {
    await bytes.return();
  }
}
