import { type JsonValue, SourceFatalError } from '#connector-sdk';
import { z } from 'zod';

const seenFile = z.object({
  name: z.string(),
  size: z.number(),
  /** Seconds since 1970. */
  modified: z.number(),
});

const state = z.object({
  /** Of the newest file that was applied; null: none was. */
  stamp: z.string().nullable(),
  /**
   * Files that were applied, newest first. `mapping`: the number of the mapping by which; null, as in what was written before it was kept: by
   * any.
   */
  applied: z.array(seenFile.extend({ sha256: z.string(), mapping: z.int().nullable().default(null) })),
  /** Files that the sync of this state has done with: to be moved into the archive. */
  archive: z.array(seenFile),
});

/** What the connector remembers between syncs. */
export type CsvSftpState = z.output<typeof state>;
export type SeenFile = z.output<typeof seenFile>;
export type AppliedFile = CsvSftpState['applied'][number];

/** How many applied files are remembered: more than ever lie beside each other before one of them is archived. */
export const maxApplied = 50;

/** @throws SourceFatalError `unknownState` */
export function readState(stored: JsonValue | null): CsvSftpState {
  if (stored === null) return { stamp: null, applied: [], archive: [] };
  const parsed = state.safeParse(stored);
  if (parsed.success) return parsed.data;
  throw new SourceFatalError({
    code: 'unknownState',
    message: 'What is stored about the files that were read before is not of this connector. Report it.',
  });
}
