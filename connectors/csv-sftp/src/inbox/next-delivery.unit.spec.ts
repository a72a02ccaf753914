import { describe, expect, it } from 'vitest';
import type { InboxEntry, JsonValue } from '#connector-sdk';
import { type CsvInboxConfig, csvInboxConfig } from './csv-inbox.settings.js';
import { nextDelivery } from './next-delivery.js';

const day = (number: number): string => `people_report_2026-03-0${String(number)}.csv`;
const file = (name: string, parts: Partial<InboxEntry> = {}): InboxEntry => ({
  name,
  kind: 'file',
  size: 100,
  modified: 1_770_000_000,
  ...parts,
});

function next(names: (string | InboxEntry)[], config: Partial<CsvInboxConfig> = {}, state: JsonValue | null = null) {
  const entries = names.map((name) => (typeof name === 'string' ? file(name) : name));
  const set = csvInboxConfig.parse({ content: 'full', ...config });
  return nextDelivery(entries, set, state)?.map(({ name }) => name) ?? null;
}

describe('what the next sync of an inbox would read', () => {
  it('is the newest of full reports and the oldest of deltas', () => {
    expect(next([day(2), day(3), day(1)])).toEqual([day(3)]);
    expect(next([day(2), day(3), day(1)], { content: 'delta' })).toEqual([day(1)]);
  });

  it('is nothing before all is there that must lie beside it, in whatever order it came', () => {
    const beside = { checksumSuffix: '.sha256', rowCountSuffix: '.count' };
    expect(next([day(1)], beside)).toBeNull();
    expect(next([day(1), `${day(1)}.sha256`], beside)).toBeNull();
    expect(next([`${day(1)}.sha256`, `${day(1)}.count`], beside)).toBeNull();
    expect(next([`${day(1)}.count`, `${day(1)}.sha256`, day(1)], beside)).toEqual([
      day(1),
      `${day(1)}.count`,
      `${day(1)}.sha256`,
    ]);
  });

  it('is no delta ahead of one that is not complete', () => {
    const config = { content: 'delta', markerSuffix: '.done' } as const;
    expect(next([day(1), day(2), `${day(2)}.done`], config)).toBeNull();
  });

  it('is nothing that was applied, is older than that, or is dated ahead', () => {
    const applied = { name: day(2), size: 100, modified: 1_770_000_000, sha256: '' };
    const state = { stamp: '2026-03-02', applied: [applied], archive: [] };
    expect(next([day(1), day(2)], {}, state)).toBeNull();
    expect(next([day(1)], { content: 'delta' }, state)).toBeNull();
    expect(next([file(day(2), { size: 101 })], {}, state)).toEqual([day(2)]);
    expect(next(['people_report_9999-01-01.csv'])).toBeNull();
  });

  it('is no other file, folder or link', () => {
    expect(
      next(['README.txt', `${day(1)}.part`, file(day(1), { kind: 'other' }), file('archive', { kind: 'folder' })]),
    ).toBeNull();
  });
});
