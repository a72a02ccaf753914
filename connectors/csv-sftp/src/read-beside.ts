import { SourceFatalError } from '#connector-sdk';
import type { ReportFolder } from './report-folder.js';

const maxBytes = 4096;

/**
 * The first word of the small file beside a report: a number of rows, or a checksum as `sha256sum` writes it.
 *
 * @throws SourceFatalError `besideUnreadable` when it is missing, larger than 4 KiB, or its word is not of the wanted form
 */
export async function readBeside(session: ReportFolder, path: string, form: RegExp): Promise<string> {
  const file = await session.look(path);
  const chunks: Uint8Array[] = [];
  if (file?.kind === 'file' && file.size <= maxBytes) {
    for await (const chunk of session.read(path, file)) chunks.push(chunk);
  }
  const word = Buffer.concat(chunks).toString('latin1').trim().split(/\s/)[0] ?? '';
  if (form.test(word)) return word;
  throw new SourceFatalError({
    code: 'besideUnreadable',
    message: `${path} does not hold what the settings say it holds. Nothing of the file that it belongs to is applied.`,
  });
}
