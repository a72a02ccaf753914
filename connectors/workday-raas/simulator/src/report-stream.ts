import type { ServerResponse } from 'node:http';
import type { Manner } from './manners.js';

export interface Report {
  /** How many entries it has. */
  readonly count: number;
  /** As JSON. */
  text(index: number): string;
}

const ENTRIES_PER_WRITE = 50;

/** Writes a report entry by entry, never holding it, in the manner asked for. */
export async function streamReport(response: ServerResponse, report: Report, manner: Manner | null): Promise<void> {
  const { count } = report;
  const stopAt = manner?.afterEntries ?? Math.ceil(count / 2);
  const breaksOff = manner !== null && ['cut', 'cutCleanly', 'stall'].includes(manner.kind);
  const last = breaksOff ? Math.min(stopAt, count) : count;
  response.writeHead(200, { 'content-type': 'application/json;charset=utf-8' });
  await write(response, '{"Report_Entry":[');
  for (let from = 0; from < last; from += ENTRIES_PER_WRITE) {
    let text = '';
    for (let index = from; index < Math.min(from + ENTRIES_PER_WRITE, last); index += 1) {
      const entry = report.text(index);
      text += (index === 0 ? '' : ',') + (manner?.kind === 'brokenEntry' && index === stopAt ? '{"a":[}' : entry);
    }
    await write(response, text);
    if (response.destroyed) return;
  }
  const half = `${last === 0 ? '' : ','}{"Employee_ID":"E9`;
  switch (manner?.kind) {
    case 'stall':
      return;
    case 'cut':
      response.write(half, () => response.destroy());
      return;
    case 'cutCleanly':
      response.end(half);
      return;
    case 'entriesTwice':
      response.end(']  ,"Report_Entry":[]}');
      return;
    case 'junkBehind':
      response.end(']}\n{"Report_Entry":[]}');
      return;
    default:
      response.end(']}\n');
  }
}

async function write(response: ServerResponse, text: string): Promise<void> {
  if (response.destroyed) return;
  if (!response.write(text) && !response.destroyed) await drained(response);
}

/** Resolves when there is room again, or nobody reads any more. */
async function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const go = (): void => {
      response.off('drain', go).off('close', go);
      resolve();
    };
    response.once('drain', go).once('close', go);
  });
}
