import { describe, expect, it } from 'vitest';
import type { MappedRecord } from '#core';
import { recordOf } from './decision-subjects.spec.js';
import { resolveDuplicates } from './resolve-duplicates.js';

const today = '2026-05-10';

function verdictsOf(...records: Partial<MappedRecord>[]): string[] {
  const all = records.map((parts, seq) => recordOf({ seq, ...parts }));
  const forward = resolveDuplicates(all, today);
  expect(resolveDuplicates([...all].reverse(), today)).toEqual(forward);
  return all.map(({ seq }) => {
    const verdict = forward.get(seq);
    return verdict === undefined || verdict.kind === 'stands' ? 'stands' : verdict.reason;
  });
}

const ada = { values: { fullName: 'Ada' } };
const gone = { values: { fullName: 'Ada', active: false } };
const left = { values: { fullName: 'Ada', terminationDate: today } };

describe('resolveDuplicates', () => {
  it('lets the first of equal records stand', () => {
    expect(verdictsOf(ada, ada, ada)).toEqual(['stands', 'duplicateRecord', 'duplicateRecord']);
    expect(verdictsOf(gone, gone)).toEqual(['stands', 'duplicateRecord']);
  });

  it('lets the only active one of different records win', () => {
    expect(verdictsOf(gone, ada, left)).toEqual(['supersededRecord', 'stands', 'supersededRecord']);
    expect(verdictsOf({ ...ada, inScope: false }, ada)).toEqual(['supersededRecord', 'stands']);
  });

  it('fails all when several or none are active', () => {
    const other = { values: { fullName: 'Ada L' } };
    expect(verdictsOf(ada, other)).toEqual(['conflictingRecords', 'conflictingRecords']);
    expect(verdictsOf(gone, left)).toEqual(['conflictingRecords', 'conflictingRecords']);
  });

  it('never lets a record with a problem lose to a guess', () => {
    const problems: MappedRecord['problems'] = [
      { attribute: 'title', code: 'typeMismatch', expression: '', message: '' },
    ];
    expect(verdictsOf(ada, { ...gone, problems })).toEqual(['conflictingRecords', 'conflictingRecords']);
  });
});
