import type { ConnectorEvent } from '#connector-sdk';
import type { FileChoice } from './choose-file.js';
import type { UnreadyFile } from './find-files.js';

const unreadyBecause: Record<UnreadyFile['reason'], string> = {
  notRegular: 'is a link or no file at all: it is not read.',
  dateAhead: 'is dated more than two days ahead: until then it is not read.',
  stillGrowing: 'is still being written: it waits.',
  besideMissing: 'waits for a file that must lie beside it.',
};

/** What operators should know of the files that are there besides the one that is read. Names of files, nobody's. */
export function eventsOf(
  { late, applied, waiting, missingDays, read, again, done }: FileChoice,
  unready: readonly UnreadyFile[],
): ConnectorEvent[] {
  const events: ConnectorEvent[] = unready.map(({ name, reason }) => ({
    code: reason,
    message: `${name} ${unreadyBecause[reason]}`,
    fields: { file: name },
  }));
  for (const { name } of late) {
    const message = `${name} is older than what has been applied: it is not read and stays where it is.`;
    events.push({ code: 'lateDelta', message, fields: { file: name } });
  }
  for (const { name } of applied) {
    const message = `${name} has been applied before: it is not read again.`;
    events.push({ code: 'alreadyApplied', message, fields: { file: name } });
  }
  if (read === null) return events;
  if (again !== 'no') {
    const why = again === 'asked' ? 'as somebody asked for' : 'by another mapping';
    const message = `${read.name} has been applied before and is read again, ${why}.`;
    events.push({ code: 'readAgain', message, fields: { file: read.name } });
  }
  if (missingDays > 0) {
    const message = `No file came for ${missingDays} days before ${read.name}.`;
    events.push({ code: 'dateGap', message, fields: { days: missingDays, file: read.name } });
  }
  if (waiting.length > 0) {
    const message = `Newer files wait for a later sync: ${waiting.length}.`;
    events.push({ code: 'filesWait', message, fields: { files: waiting.length } });
  }
  const overtaken = done.filter(({ stamp }) => stamp < read.stamp).length;
  if (overtaken > 0) {
    const message = `Older files are archived with it: ${overtaken}.`;
    events.push({ code: 'filesSuperseded', message, fields: { files: overtaken } });
  }
  return events;
}
