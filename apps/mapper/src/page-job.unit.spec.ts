import { describe, expect, it } from 'vitest';
import { decodeMessage, RejectedRecordError, type UserId } from '#core';
import { nothingSeen, PageJob } from './page-job.js';
import { pageOfPeople, person } from './page-of-people.spec.js';

describe('PageJob', () => {
  it('tells who the records are, then maps those that were not seen', async () => {
    const job = new PageJob(await pageOfPeople([person(1), person(2), person(3)], 4, 2000));
    expect(job.identities.sourceIds).toEqual(['p1', 'p2', 'p3']);
    const seen = { seqs: [2001], sourceIds: ['p2'], userIds: ['usr_2' as UserId], userVersions: [9] };
    const { headers, value } = job.finish({ seen, indexes: [1] });
    const page = decodeMessage('mapped-users', headers, value);
    expect(page).toMatchObject({ page: 4, firstSeq: 2000, records: 3, claim: 1, seen });
    expect(page.mapped?.map(({ seq, sourceId, values }) => [seq, sourceId, values['fullName']])).toEqual([
      [2000, 'p1', 'Person 1'],
      [2002, 'p3', 'Person 3'],
    ]);
  });

  it('makes what cannot be read the problem of that record alone', async () => {
    const job = new PageJob(await pageOfPeople([person(1), '{"id":"p2",', '[]', person(4)]));
    const { headers, value } = job.finish(nothingSeen);
    const { mapped } = decodeMessage('mapped-users', headers, value);
    expect(mapped?.map(({ sourceId, problems }) => [sourceId, problems.map(({ code }) => code)])).toEqual([
      ['p1', []],
      [null, ['decodeFailed']],
      [null, ['identityMissing']],
      ['p4', []],
    ]);
  });

  it('refuses a page that is broken or shorter than it says', async () => {
    const input = await pageOfPeople([person(1)]);
    expect(() => new PageJob({ ...input, body: new Uint8Array([1, 2, 3]) })).toThrow(RejectedRecordError);
    const reference = { ...input.reference, records: 2 };
    expect(() => new PageJob({ ...input, reference })).toThrow(RejectedRecordError);
  });
});
