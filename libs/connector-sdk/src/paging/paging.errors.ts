import { SourceFatalError } from '../source.errors.js';

/** A place in the list that comes again. */
export function cursorLoop(source: string, pages: number): SourceFatalError {
  return new SourceFatalError({
    code: 'cursorLoop',
    message: `${source} sent the same cursor twice: its list leads in a circle after ${pages} pages. Report it to the source's team.`,
    fields: { pages },
  });
}

/** People who come again, or a list without people that does not end. */
export function listLoop(source: string, pages: number): SourceFatalError {
  return new SourceFatalError({
    code: 'listLoop',
    message: `${source} sends a list that does not end: after ${pages} pages it leads in a circle or goes on without anybody. Report it to the source's team.`,
    fields: { pages },
  });
}

export function pageRepeated(source: string, pages: number): SourceFatalError {
  return new SourceFatalError({
    code: 'pageRepeated',
    message: `${source} sent the same page twice in a row, as its pages ${pages - 1} and ${pages}: it does not go on where it is told to. Report it to the source's team.`,
    fields: { pages },
  });
}

export function linkToOtherHost(source: string): SourceFatalError {
  return new SourceFatalError({
    code: 'linkToOtherHost',
    message: `${source} links to the next page at another host, port or scheme than its own, where credentials are not sent. Set the address that its links lead to, or report it to the source's team.`,
  });
}
