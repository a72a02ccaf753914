import { Option } from 'commander';
import { CliError } from '../cli.errors.js';
import type { CommandContext } from '../context.js';
import { type CsvDownload, downloadCsv } from '../download-csv.js';
import { count } from '../output/text.js';

/** Options of whatever writes CSV. */
export interface ExportOptions {
  output?: string;
  resume?: boolean;
}

export const outputOption = new Option('-o, --output <file>', 'default: standard output');
export const resumeOption = new Option('--resume', 'go on with the .part file that an earlier run left');

/** Carries an export out and tells how many there were. `what`: one of them, e.g. `user`. */
export async function exportCsv(context: CommandContext, download: CsvDownload, what: string): Promise<void> {
  if (download.resume && download.file === undefined) {
    throw new CliError('There is nothing to go on with on standard output: name the file with -o.');
  }
  const rows = await downloadCsv(context, download);
  const where = download.file === undefined ? '' : ` in ${download.file}`;
  context.terminal.note(`${count(rows)} ${what}${rows === 1 ? '' : 's'}${where}.`);
}
