import { SourceRetriableError } from './source.errors.js';

/** For a file that is, or becomes, another one than was seen: nothing read of it is to be trusted. */
export function fileChanged(path: string): SourceRetriableError {
  return new SourceRetriableError({
    code: 'fileChanged',
    message: `${path} was changed while it was read. Nothing of it is applied; the next sync reads it anew.`,
  });
}
