import { isSeen, type WaitingFile } from './choose-file.js';
import type { CsvSftpState, SeenFile } from './csv-sftp.state.js';
import type { ReportFolder } from './report-folder.js';
import type { ReportSettings } from './report.settings.js';

/**
 * The file that was applied last, where it has been moved into the archive; null when it is there no more, or still lies among `files`. It
 * may be called as another one of its name was before it, with a number behind.
 *
 * @throws SourceError
 */
export async function findArchived(
  session: ReportFolder,
  folder: string,
  { archiveFolder }: Pick<ReportSettings, 'archiveFolder'>,
  files: readonly SeenFile[],
  { stamp, applied: [last] }: CsvSftpState,
): Promise<WaitingFile | null> {
  if (last === undefined || stamp === null || files.some((file) => isSeen(file, last))) return null;
  const archive = `${folder}/${archiveFolder}`;
  if ((await session.look(archive))?.kind !== 'folder') return null;
  const isNamed = (name: string): boolean =>
    name === last.name || (name.startsWith(`${last.name}.`) && /^\d{1,4}$/.test(name.slice(last.name.length + 1)));
  const found = (await session.list(archive, isNamed)).find(
    ({ kind, size, modified }) => kind === 'file' && size === last.size && modified === last.modified,
  );
  if (found === undefined) return null;
  const { name, size, modified, sha256 } = last;
  return { name, size, modified, stamp, isReady: true, archived: { path: `${archive}/${found.name}`, sha256 } };
}
