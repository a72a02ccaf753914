import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withoutQuery } from '../url-query.js';
import { recordedReplySchema } from './recorded-reply.js';
import type { AnswerRequest } from './simulated-source.js';

export interface ReplayOptions {
  /** Parameters that requests have and fixtures do not: that of a key which is sent in the query. */
  readonly apartFrom?: readonly string[];
}

/**
 * Answers as a source once did: each `.json` file in a folder is a reply that `muster connector record` wrote, or that somebody
 * wrote by hand. A request that none of them is of is answered 404.
 *
 * @param folder path or `file:` URL
 * @throws Error naming the file that is no recorded reply
 */
export function replayReplies(folder: string | URL, { apartFrom = [] }: ReplayOptions = {}): AnswerRequest {
  const path = typeof folder === 'string' ? folder : fileURLToPath(folder);
  const files = readdirSync(path).filter((name) => name.endsWith('.json'));
  const replies = files.sort().map((name) => {
    try {
      return recordedReplySchema.parse(JSON.parse(readFileSync(join(path, name), 'utf8')));
    } catch (error) {
      throw new Error(`${join(path, name)} holds no recorded reply.`, { cause: error });
    }
  });
  return ({ method, url }) => {
    const { pathname, search } = withoutQuery(url, apartFrom);
    const found = replies.find(({ request }) => request.method === method && request.path === pathname + search);
    return found?.reply ?? { status: 404, body: '{"error":"No fixture is of this request."}' };
  };
}
