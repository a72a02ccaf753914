import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type RecordedReply, RecordingClient, Scrubber } from '#connector-sdk/testing';
import { CliError } from '../cli.errors.js';
import type { Environment } from '../context.js';
import { exitCodes } from '../exit-codes.js';
import { type LocalSourceOptions, openLocalSource, told } from './local-source.js';

export interface RecordOptions extends LocalSourceOptions {
  /** Batches to read. */
  pages: number;
  /** Folder of the fixtures; made when it is not there. */
  out: string;
  force?: boolean;
}

/**
 * Reads the first pages of a source and writes what it replied as fixtures, without secrets, tokens, cookies and addresses.
 *
 * @returns the files, in the order of the replies
 * @throws CliError as `openLocalSource`, for what goes wrong at the source, for a connector that got no reply by HTTP, and for files
 *   that are there
 */
export async function recordReplies(named: string, options: RecordOptions, env: Environment): Promise<string[]> {
  const replies: RecordedReply[] = [];
  const { connector, context, close, secrets } = await openLocalSource(named, options, env, {
    makeHttp: (http) => new RecordingClient(http, (reply) => void replies.push(reply)),
  });
  const fetch = connector.fetch(context);
  try {
    for (let page = 0; page < options.pages; page += 1) if ((await fetch.next()).done === true) break;
    await fetch.return({ extent: 'full', lastPageSeen: false });
  } catch (error) {
    throw told(error);
  } finally {
    await close();
  }
  if (replies.length === 0) {
    throw new CliError(`${connector.id} got no reply by HTTP, and nothing else can be recorded.`, exitCodes.conflict);
  }
  const scrubber = new Scrubber(Object.values(secrets).filter((secret) => typeof secret === 'string'));
  const files = replies.map((reply, index) => ({
    path: join(options.out, `recorded-${String(index + 1).padStart(3, '0')}.json`),
    text: `${JSON.stringify(scrubber.scrub(reply), null, 2)}\n`,
  }));
  const present = files.find(({ path }) => existsSync(path));
  if (present !== undefined && options.force !== true) {
    throw new CliError(
      `${present.path} is there already. Write over it with --force, or elsewhere with --out.`,
      exitCodes.conflict,
    );
  }
  mkdirSync(options.out, { recursive: true });
  for (const { path, text } of files) writeFileSync(path, text);
  return files.map(({ path }) => path);
}
