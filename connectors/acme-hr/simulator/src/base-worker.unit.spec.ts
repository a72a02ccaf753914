import { describe, expect, it } from 'vitest';
import { baseIdentity, isTerminatedFromStart, managerIndex, oddityOf } from './base-person.js';
import type { CompanyShape } from './base-person.js';
import { baseWorkerText } from './base-worker.js';
import { NATIONALITIES } from './names.js';

const shape: CompanyShape = {
  seed: 7,
  terminatedShare: 0.12,
  contingentShare: 0.08,
  oddShare: 0.003,
  restrictedShare: 0.01,
  asOf: '2025-06-01',
  mark: '',
};
const indexes = Array.from({ length: 20_000 }, (_, index) => index);

function share(test: (index: number) => boolean): number {
  return indexes.filter(test).length / indexes.length;
}

describe('a made-up company', () => {
  it('is made of nationalities that add up, with family names that are told apart in addresses', () => {
    expect(NATIONALITIES.reduce((sum, { share: part }) => sum + part, 0)).toBe(100);
    const families = NATIONALITIES.flatMap(({ family }) => family.map(({ latin }) => latin));
    expect(families.filter((latin, index) => families.indexOf(latin) !== index)).toEqual([]);
    const all = NATIONALITIES.flatMap(({ given, family }) => [...given, ...family]);
    expect(all.filter(({ latin }) => !/^[a-z]+$/.test(latin))).toEqual([]);
  });

  it.each([1, 7, 123_456])('gives nobody the address of another, seed %i', (seed) => {
    const emails = indexes.map((index) => baseIdentity({ ...shape, seed }, index).email);
    expect(new Set(emails).size).toBe(emails.length);
    expect(emails.filter((email) => /\d/.test(email)).length).toBeGreaterThan(100);
  });

  it('has leavers, odd records and contractors in the shares asked for', () => {
    expect(share((index) => isTerminatedFromStart(shape, index))).toBeCloseTo(0.12, 1);
    expect(share((index) => oddityOf(shape, index) !== null)).toBeCloseTo(0.003, 2);
    expect(share((index) => baseWorkerText(shape, index, null).includes('"vendor"'))).toBeCloseTo(0.08, 1);
  });

  it('has nothing odd and nobody gone when asked for none', () => {
    const plain = { ...shape, oddShare: 0, terminatedShare: 0 };
    expect(indexes.some((index) => oddityOf(plain, index) !== null || isTerminatedFromStart(plain, index))).toBe(false);
  });

  it('is led by people who are there, up to one at the top', () => {
    for (const index of indexes.slice(1)) {
      const superior = managerIndex(shape, index);
      expect(superior === null || (superior < index && !isTerminatedFromStart(shape, superior))).toBe(true);
      expect(superior).not.toBeNull();
    }
    expect(managerIndex(shape, 0)).toBeNull();
  });

  it('consists of valid records of a real size', () => {
    const sizes = indexes.slice(0, 2000).map((index) => {
      const text = baseWorkerText(shape, index, 'anna.vogel@acme.example');
      expect(JSON.parse(text)).toHaveProperty('workerId');
      return Buffer.byteLength(text);
    });
    expect(Math.min(...sizes)).toBeGreaterThan(550);
    expect(Math.max(...sizes)).toBeLessThan(1000);
  });

  it('speaks many scripts', () => {
    const names = indexes
      .slice(0, 500)
      .map((index) => baseIdentity(shape, index).display)
      .join('');
    for (const script of ['Latin', 'Greek', 'Cyrillic', 'Arabic', 'Han', 'Hangul']) {
      expect(names).toMatch(new RegExp(`\\p{Script=${script}}`, 'u'));
    }
  });
});
