import { type ConnectorContext, SourceFatalError } from '#connector-sdk';
import { readState } from './csv-sftp.state.js';
import { parseFilePattern } from './file-pattern.js';
import { besideOf } from './find-files.js';
import type { ReportSettings } from './report.settings.js';
import { asFile, isSame, type ReportFolder } from './report-folder.js';

const maxSameName = 1000;

/**
 * Moves what an applied sync has done with into the archive folder. Nothing is deleted or overwritten; a file that somebody
 * has replaced since it was read stays. May be called again at any point: what is moved already is not there any more.
 */
export async function archiveFiles<Config extends ReportSettings>(
  context: ConnectorContext<Config, unknown>,
  open: () => Promise<ReportFolder>,
): Promise<void> {
  const { config } = context;
  const { archive } = readState(context.state);
  if (archive.length === 0) return;
  const { folder } = parseFilePattern(config.path);
  const session = await open();
  try {
    const target = `${folder}/${config.archiveFolder}`;
    await mustBeFolder(session, target);
    for (const file of archive) {
      const { name } = file;
      const now = await session.look(`${folder}/${name}`);
      if (now !== null && !isSame(now, asFile(file))) {
        const message = `${name} was replaced after it had been read: it is not archived.`;
        context.log({ code: 'fileReplaced', message, fields: { file: name } });
        continue;
      }
      for (const one of [name, ...besideOf(name, config)]) await move(session, folder, target, one);
    }
  } finally {
    session.close();
  }
}

async function mustBeFolder(session: ReportFolder, path: string): Promise<void> {
  const there = await session.look(path);
  if (there === null) return session.makeFolder(path);
  if (there.kind === 'folder') return;
  const message = `${path} is not a folder, so nothing can be archived there.`;
  throw new SourceFatalError({ code: 'noArchiveFolder', message });
}

async function move(session: ReportFolder, folder: string, target: string, name: string): Promise<void> {
  const from = `${folder}/${name}`;
  if ((await session.look(from)) === null) return;
  for (let copy = 1; copy <= maxSameName; copy += 1) {
    const to = `${target}/${name}${copy === 1 ? '' : `.${copy}`}`;
    if ((await session.look(to)) === null) return session.rename(from, to);
  }
  const message = `${target} holds ${maxSameName} files of the same name already: ${name} is not archived.`;
  throw new SourceFatalError({ code: 'archiveFull', message });
}
