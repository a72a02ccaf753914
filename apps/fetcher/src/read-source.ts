import type { FetchEnd } from '#connector-sdk';
import type { FetchedPart } from '#connector-runner';
import type { Sync } from '#core';
import { type BuiltPage, PageBuilder, type PageCursor, toPageRecord } from './page-builder.js';
import { identityOf, type Stored } from './page-chain.js';
import { SourceFailure, toSourceFailure } from './source-failure.js';
import type { Source } from './source-opener.js';
import type { FetchFacts } from './wholeness.js';

/** What the source had, once the connector has come to its end. */
export interface ReadSource {
  facts: FetchFacts;
  end: FetchEnd;
}

/**
 * Reads the source from where the stored pages end and gives each page that is full to `keep`, which says when to go on.
 * Records that are stored already and are sent again must be the same.
 *
 * @throws SourceFailure for whatever the source or its connector did wrong
 */
export async function readSource(
  { run }: Source,
  { person, trigger, frozen, reread }: Sync,
  stored: Stored,
  keep: (page: BuiltPage) => Promise<void>,
): Promise<ReadSource> {
  const { ids, again } = stored;
  const builder = new PageBuilder();
  const cursor: PageCursor = { ...(stored.cursor ?? { from: null, skip: 0, declaredFirst: null }) };
  let isFirst = stored.cursor === null;
  let declaredLast: number | null = null;
  let records = stored.records;
  let skipped = 0;
  const parts = run.fetch({ cursor: cursor.from, person, mappingVersion: frozen.mapping?.version ?? null, reread });
  try {
    for (;;) {
      const step = await next(parts);
      if (step.done === true) {
        if (skipped < again.length) throw sourceChanged();
        await keepIf(builder.flush(cursor), keep);
        return { facts: factsOf(step.value), end: step.value };
      }
      const part = step.value;
      declaredLast = part.declaredTotal ?? null;
      if (isFirst) cursor.declaredFirst = declaredLast;
      isFirst = false;
      if (part.isFirstOfBatch) cursor.skip = 0;
      for (const raw of part.records) {
        if (skipped < again.length) {
          if (identityOf(toPageRecord(raw)) !== again[skipped]) throw sourceChanged();
          skipped += 1;
        } else {
          await keepIf(builder.add(raw, { ...cursor }), keep);
          if (raw.sourceId !== null) ids.add(raw.sourceId);
          records += 1;
        }
        cursor.skip += 1;
      }
      if (part.next !== undefined) {
        if (skipped < again.length) throw sourceChanged();
        if (part.next !== null) {
          cursor.from = part.next;
          cursor.skip = 0;
        }
      }
      if (builder.isNearlyFull) await keepIf(builder.flush({ ...cursor }), keep);
      else builder.copy();
    }
  } finally {
    // Ends a generator that still waits for its reader; how it ends does not matter any more.
    parts.return({ extent: 'full', lastPageSeen: false }).catch(() => undefined);
  }

  function factsOf({ extent, lastPageSeen, note }: FetchEnd): FetchFacts {
    return {
      extent: trigger === 'push' ? 'push' : person === null ? extent : 'person',
      endSeen: lastPageSeen,
      declaredFirst: cursor.declaredFirst,
      declaredLast,
      distinctSourceIds: ids.size === 0 && records > 0 ? null : ids.size,
      records,
      note: note ?? null,
    };
  }
}

async function next(
  parts: AsyncGenerator<FetchedPart, FetchEnd, void>,
): Promise<IteratorResult<FetchedPart, FetchEnd>> {
  try {
    return await parts.next();
  } catch (error) {
    throw toSourceFailure(error);
  }
}

async function keepIf(page: BuiltPage | null, keep: (page: BuiltPage) => Promise<void>): Promise<void> {
  if (page !== null) await keep(page);
}

function sourceChanged(): SourceFailure {
  return new SourceFailure({
    code: 'sourceChanged',
    message:
      'The fetch was interrupted, and when it went on the source sent other records than before at the same place. Nothing of it is applied; the next sync starts anew.',
  });
}
