import { beforeEach, describe, expect, it } from 'vitest';
import { Company } from './company.js';
import type { WorkerDocument } from './company.js';
import { mergePatch } from './merge-patch.js';
import { Mutations } from './mutations.js';
import { PageBuilder } from './page-builder.js';

let company: Company;
let mutations: Mutations;

beforeEach(() => {
  company = new Company(
    {
      seed: 3,
      terminatedShare: 0.1,
      contingentShare: 0.1,
      oddShare: 0,
      restrictedShare: 0,
      asOf: '2025-06-01',
      mark: '',
    },
    100,
  );
  mutations = new Mutations(company);
});

function email(id: string): unknown {
  return (company.document(id)['contact'] as WorkerDocument)['workEmail'];
}

describe('a company', () => {
  it('hires people with new ids and addresses', () => {
    const before = new Set([...company.ids()].map(email));
    const ids = mutations.hire(20);
    expect(ids).toHaveLength(20);
    expect(company.count).toBe(120);
    expect(ids.map(email).filter((address) => before.has(address))).toEqual([]);
    expect([...company.ids()].slice(-20)).toEqual(ids);
  });

  it('ends an employment and keeps the record', () => {
    const [id = ''] = mutations.terminate(1, '2025-05-31');
    expect(company.document(id)['employment']).toMatchObject({ status: 'T', endDate: '2025-05-31' });
    expect(company.count).toBe(100);
    expect(mutations.terminate(1)).not.toEqual([id]);
  });

  it('takes people out and puts them back', () => {
    const before = company.fingerprint();
    const ids = mutations.remove(3);
    expect(company.count).toBe(97);
    expect(() => company.document(ids[0] ?? '')).toThrow(RangeError);
    mutations.restore(ids);
    expect(company.fingerprint()).toBe(before);
  });

  it('is what it was after everything is restored', () => {
    const before = company.fingerprint();
    mutations.hire(2);
    mutations.addRaw({ workerId: 'X1', contact: {} });
    mutations.addRaw('no worker');
    mutations.rename(2);
    mutations.move(2);
    mutations.changeEmail(2);
    mutations.terminate(2);
    mutations.remove(['W0000001']);
    expect(company.fingerprint()).not.toBe(before);
    mutations.restore();
    expect(company.fingerprint()).toBe(before);
    expect(company.count).toBe(100);
  });

  it('passes an address from a leaver to a joiner', () => {
    const passed = mutations.passEmail();
    expect(company.document(passed.leaver)['employment']).toMatchObject({ status: 'T' });
    expect(passed.email).toMatch(/@acme\.example$/);
    expect([email(passed.leaver), email(passed.joiner)]).toEqual([passed.email, passed.email]);
  });

  it('swaps two addresses, and three in a circle', () => {
    const pair = ['W0000010', 'W0000020'];
    const before = pair.map(email);
    mutations.swapEmails(pair);
    expect(pair.map(email)).toEqual(before.toReversed());

    const three = ['W0000030', 'W0000040', 'W0000050'];
    const [first, second, third] = three.map(email);
    mutations.circleEmails(three);
    expect(three.map(email)).toEqual([second, third, first]);
    expect(() => mutations.swapEmails(['W0000010'])).toThrow('takes 2 people');
  });

  it('shows a changed address in the records of those who report there, changed themselves or not', () => {
    const superior = (id: string) => company.document(id)['manager'] as { workerId: string; email: string };
    const boss = superior('W0000002').workerId;
    mutations.rename(['W0000002']);
    mutations.changeEmail([boss]);
    const others = [...company.ids()].filter((id) => id !== boss && superior(id)?.workerId === boss);
    expect(others.length).toBeGreaterThan(2);
    expect(new Set(others.map((id) => superior(id).email))).toEqual(new Set([email(boss)]));
  });

  it('takes a merge patch', () => {
    const id = 'W0000005';
    mutations.patch(id, { employment: { jobTitle: null, fte: 0.5 }, contact: { workEmail: null } });
    expect(company.document(id)['employment']).toMatchObject({ fte: 0.5, status: 'A' });
    expect(company.document(id)['employment']).not.toHaveProperty('jobTitle');
    expect(email(id)).toBeUndefined();
  });

  it('lists second records of a person, found by id as the first', () => {
    mutations.addRaw({ ...company.document('W0000005'), employeeNumber: 'other' });
    expect(company.count).toBe(101);
    expect(company.document('W0000005')['employeeNumber']).not.toBe('other');
    expect([...company.ids()]).toHaveLength(100);
  });

  it('refuses ids that are not there and more people than there are', () => {
    expect(() => mutations.rename(['W0009999'])).toThrow(RangeError);
    expect(() => mutations.terminate(1000)).toThrow('employees, not 1000');
  });
});

describe('pages', () => {
  it('show every change at once, though they are kept as bytes', () => {
    const pages = new PageBuilder(company);
    const read = (): unknown[] => {
      const rows: unknown[] = [];
      for (let after = -1; pages.hasMore(after, false); after = pages.page(after, 30, false).lastSlot) {
        rows.push(...(JSON.parse(`[${pages.page(after, 30, false).rows.toString('utf8')}]`) as unknown[]));
      }
      return rows;
    };
    const truth = (): unknown[] => [...company.ids()].map((id) => company.document(id));
    const steps = [
      () => mutations.rename(['W0000031']),
      () => mutations.remove(['W0000030', 'W0000100']),
      () => mutations.hire(25),
      () => mutations.changeEmail(['W0000001']),
      () => mutations.restore(['W0000030']),
      () => mutations.remove([...company.ids()].slice(60)),
      () => mutations.restore(),
    ];
    expect(read()).toEqual(truth());
    for (const step of steps) {
      step();
      expect(read()).toEqual(truth());
    }
  });
});

describe('mergePatch', () => {
  // RFC 7396, Appendix A.
  it.each([
    [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
    [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
    [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
    [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
    [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
    [['a', 'b'], ['c'], ['c']],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    ['foo', { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ])('of %j with %j is %j', (target, patch, expected) => {
    expect(mergePatch(target, patch)).toEqual(expected);
  });
});
