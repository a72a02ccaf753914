import {
  CsvError,
  type ConnectorEvent,
  type CsvEnd,
  type FetchBatch,
  type FetchContext,
  openCsv,
  type OpenCsv,
  SourceConfigurationError,
  SourceFatalError,
} from '#connector-sdk';
import type { WaitingFile } from './choose-file.js';
import { ID_COLUMNS } from './csv-sftp.mapping.js';
import { FileContent } from './file-content.js';
import { PgpDecryption } from './pgp-decryption.js';
import { readBeside } from './read-beside.js';
import type { ReportSecrets, ReportSettings } from './report.settings.js';
import { asFile, type ReportFolder } from './report-folder.js';

/** What reading a file to its end came to. */
export interface FileResult {
  /** Why the file is not taken for whole; null when it is. */
  readonly missing: string | null;
  /** How it was read, for the sync's note. */
  readonly summary: string;
  readonly sha256: string;
}

/** One file from its first byte to its last, and what proves that this was all of it. */
export class FileReading {
  private readonly path: string;
  private read = 0;

  constructor(
    private readonly context: FetchContext<ReportSettings, ReportSecrets>,
    private readonly session: ReportFolder,
    folder: string,
    private readonly file: WaitingFile,
  ) {
    this.path = file.archived?.path ?? `${folder}/${file.name}`;
  }

  /** @throws SourceError for a file that is not what the settings say, or that changes while it is read */
  async *records(): AsyncGenerator<FetchBatch, FileResult, void> {
    const { config } = this.context;
    const { name, size, archived } = this.file;
    if (size > config.maxFileMegabytes * 1024 * 1024) {
      throw new SourceFatalError({
        code: 'fileTooLarge',
        message: `${name} is larger than the ${config.maxFileMegabytes} MiB that the settings allow.`,
        fields: { bytes: size },
      });
    }
    const declared = await this.beside(config.rowCountSuffix, /^\d{1,12}$/);
    const checksum = archived?.sha256 ?? (await this.beside(config.checksumSuffix, /^[0-9a-fA-F]{64}$/));
    const decryption = await PgpDecryption.open(this.context);
    const bytes = this.session.read(this.path, asFile(this.file));
    const content = new FileContent(name, size, bytes, decryption);
    try {
      const csv = await openCsv(content.bytes(), config, ID_COLUMNS);
      this.context.log(foundFormat(csv, name));
      const end = yield* this.batches(csv);
      const { sha256 } = content;
      if (checksum !== null && checksum.toLowerCase() !== sha256) {
        throw new SourceFatalError({
          code: 'checksumDiffers',
          message: `${name} is not the file that its checksum was made of. Nothing of it is applied.`,
        });
      }
      return { missing: notWhole(end, content, declared), summary: summaryOf(csv, end, name), sha256 };
    } catch (error) {
      if (error instanceof CsvError && decryption !== null) await this.prove(decryption);
      throw error instanceof CsvError ? asSourceError(error, name) : error;
    } finally {
      // Also where whoever asked for people goes away: an open file is nobody's to find later.
      await bytes.return();
    }
  }

  /** An encrypted file that makes no sense may have been changed on its way: then that is what is told. */
  private async prove(decryption: PgpDecryption): Promise<void> {
    const { name, size } = this.file;
    const again = new FileContent(name, size, this.session.read(this.path, asFile(this.file)), decryption);
    for await (const _ of again.bytes());
  }

  private async *batches(csv: OpenCsv): AsyncGenerator<FetchBatch, CsvEnd, void> {
    const rows = csv.records();
    for (let step = await rows.next(); ; step = await rows.next()) {
      if (step.done === true) return step.value;
      this.read += step.value.length;
      this.context.progress({ records: this.read });
      yield { records: step.value, next: null };
    }
  }

  /** What lay beside an archived file may be called otherwise there; it was held against it when it was applied. */
  private async beside(suffix: string | undefined, form: RegExp): Promise<string | null> {
    return suffix === undefined || this.file.archived !== undefined
      ? null
      : readBeside(this.session, this.path + suffix, form);
  }
}

function notWhole({ cutOff, rows }: CsvEnd, { endsEarly }: FileContent, declared: string | null): string | null {
  if (endsEarly) return 'The packed file ends before its content does: it was cut off.';
  if (cutOff !== null) return cutOff.message;
  if (declared === null || Number(declared) === rows) return null;
  return `The file beside it declares ${declared} rows; the file has ${rows}.`;
}

function foundFormat({ separator, encoding, header, idColumn }: OpenCsv, file: string): ConnectorEvent {
  return {
    code: 'csvFormat',
    message: 'The format in which a file is read, as set or as found.',
    fields: { file, separator, encoding, columns: header.length, idColumn },
  };
}

function summaryOf({ separator, encoding }: OpenCsv, { rows, blankRows }: CsvEnd, name: string): string {
  const blank = blankRows === 0 ? '' : `, and ${blankRows} with nothing in them`;
  return `${name} was read as ${encoding} with the separator ${separator}: ${rows} rows${blank}.`;
}

const settingsProblems = new Set(['encodingContradicted', 'notInEncoding', 'separatorUnclear', 'idColumnUnclear']);

function asSourceError({ code, message, line }: CsvError, name: string): SourceFatalError | SourceConfigurationError {
  const fields = { file: name, ...(line === null ? {} : { line }) };
  const input = { code, message: `${name}: ${message} Nothing of it is applied.`, fields };
  return settingsProblems.has(code) ? new SourceConfigurationError(input) : new SourceFatalError(input);
}
