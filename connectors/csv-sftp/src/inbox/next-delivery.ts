import type { InboxEntry, JsonValue } from '#connector-sdk';
import { chooseFile, type WaitingFile } from '../choose-file.js';
import { readState } from '../csv-sftp.state.js';
import { parseFilePattern } from '../file-pattern.js';
import { besideOf, isDatedAhead } from '../find-files.js';
import type { CsvInboxConfig } from './csv-inbox.settings.js';

/**
 * The report that the next sync would read, and the files that must lie beside it; null when there is none, or when one of
 * them has not come yet. The same choice as a fetch makes, from the names alone.
 *
 * @throws SourceFatalError `unknownState`
 */
export function nextDelivery(
  entries: readonly InboxEntry[],
  config: CsvInboxConfig,
  state: JsonValue | null,
): readonly InboxEntry[] | null {
  const { stampOf } = parseFilePattern(config.path);
  const byName = new Map(entries.filter(({ kind }) => kind === 'file').map((entry) => [entry.name, entry]));
  const files: WaitingFile[] = [];
  for (const { name, size, modified } of byName.values()) {
    const stamp = stampOf(name);
    if (stamp === null) continue;
    const isReady = !isDatedAhead(stamp) && besideOf(name, config).every((beside) => byName.has(beside));
    files.push({ name, size, modified, stamp, isReady });
  }
  const { read } = chooseFile(files, config.content, readState(state));
  if (read === null) return null;
  return [read.name, ...besideOf(read.name, config)].flatMap((name) => byName.get(name) ?? []);
}
