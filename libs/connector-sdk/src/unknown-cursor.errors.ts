import { SourceFatalError } from './source.errors.js';

/** For a cursor that `fetch` cannot go on from. `why`: a sentence. */
export function unknownCursor(why = 'The stored cursor is not one of this connector.'): SourceFatalError {
  return new SourceFatalError({ code: 'unknownCursor', message: `${why} Start a new sync.` });
}
