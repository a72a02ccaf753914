import { createReadStream } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiClient, Query } from './api/api-client.js';
import { ApiProblem } from './api/problem.js';
import { CliError } from './cli.errors.js';
import type { CommandContext } from './context.js';
import { CsvRows } from './csv-rows.js';
import { exitCodes } from './exit-codes.js';

/** Tries in a row that may bring nothing. */
const triesInVain = 8;
const firstPauseMs = 250;
const longestPauseMs = 10_000;

/** One CSV of the API, below the tenant. */
export interface CsvDownload {
  path: string;
  query: Query;
  /** Undefined: standard output. */
  file: string | undefined;
  /** Goes on with the `.part` file that an earlier run left. */
  resume: boolean;
}

interface Target {
  write(rows: Buffer): Promise<void>;
  close(): Promise<void>;
}

/**
 * Writes a CSV to a file, whole rows only; a connection that breaks off is taken up after the last of them. The file has its
 * name once it is complete; before, it ends in `.part`.
 *
 * @returns how many rows it has, the header left out
 * @throws CliError when Muster stays away; the `.part` file can be gone on with
 */
export async function downloadCsv(context: CommandContext, download: CsvDownload): Promise<number> {
  const { file, resume, path, query } = download;
  const rows = new CsvRows();
  const target = file === undefined ? outputOf(context) : await partOf(`${file}.part`, resume, rows);
  try {
    await fetchRows(context.api, path, query, rows, target);
  } catch (error) {
    if (file === undefined || !isAway(error)) throw error;
    const what = `${error.message} ${String(rows.rows)} rows are in ${file}.part.`;
    throw new CliError(what, exitCodes.unreachable, ['Go on once it is back: the same command with --resume']);
  } finally {
    await target.close();
  }
  if (file !== undefined) await rename(`${file}.part`, file);
  return rows.rows;
}

async function fetchRows(api: ApiClient, path: string, query: Query, rows: CsvRows, target: Target): Promise<void> {
  for (let vain = 0; ;) {
    const before = rows.rows;
    try {
      const after = rows.lastKey === null ? {} : { after: rows.lastKey };
      for await (const piece of api.stream(path, { ...query, ...after })) await target.write(rows.push(piece));
      if (!rows.isWithinRow) return;
      throw new CliError('The answer ended within a row.', exitCodes.unreachable);
    } catch (error) {
      vain = rows.rows > before ? 0 : vain + 1;
      if (!isAway(error) || vain >= triesInVain) throw error;
      rows.breakOff();
      await sleep(Math.min(longestPauseMs, firstPauseMs * 2 ** vain));
    }
  }
}

function isAway(error: unknown): error is ApiProblem | CliError {
  return (error instanceof ApiProblem || error instanceof CliError) && error.exitCode === exitCodes.unreachable;
}

function outputOf({ terminal }: CommandContext): Target {
  return {
    write: async (rows) => {
      if (terminal.out.write(rows)) return;
      await new Promise((resolve) => terminal.out.once('drain', resolve));
    },
    close: async () => {},
  };
}

/** A file of whole rows: a row that an earlier run left unfinished is cut off. */
async function partOf(file: string, resume: boolean, rows: CsvRows): Promise<Target> {
  let length = 0;
  if (resume) {
    try {
      for await (const piece of createReadStream(file)) length += rows.push(piece as Buffer).length;
    } catch (error) {
      const reason = error instanceof Error && 'code' in error ? String(error.code) : 'it cannot be read';
      throw new CliError(`There is nothing to go on with at ${file} (${reason}).`, exitCodes.notFound, [
        'Start anew: the same command without --resume',
      ]);
    }
    rows.breakOff();
  }
  const handle = await open(file, resume ? 'r+' : 'w', 0o600);
  await handle.truncate(length);
  return {
    write: async (piece) => {
      await handle.write(piece, 0, piece.length, length);
      length += piece.length;
    },
    close: () => handle.close(),
  };
}
