import { describe, expect, it } from 'vitest';
import { defaultSafeguardLimits, type SafeguardRule, type SafeguardVerdict } from '#core';
import { noCounts, type FactCounts } from './page-facts.js';
import { judgeSafeguards, limitOf, type PlanMeasure } from './safeguard-verdicts.js';

function tripped(parts: Partial<Omit<PlanMeasure, 'counts'>> & { counts?: Partial<FactCounts> }): SafeguardRule[] {
  const plan: PlanMeasure = {
    records: 0,
    population: 0,
    inferredRemovals: 0,
    inferredRemovalsLast7Days: 0,
    explicitLeavers: 0,
    declaredTotal: null,
    lastAcceptedTotal: null,
    judgedMissing: true,
    notSeen: 0,
    ...parts,
    counts: { ...noCounts(), ...parts.counts },
  };
  return judgeSafeguards(defaultSafeguardLimits, plan)
    .filter((verdict) => verdict.tripped)
    .map(({ rule }) => rule);
}

const populations = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 1000];

describe('words', () => {
  const messages = (count: number): string[] => {
    const counts = {
      ...noCounts(),
      failed: count,
      emailChanges: count,
      restrictedChanges: count,
      managerChanges: count,
      noIdentity: count,
      blanked: { title: count },
    };
    const plan: PlanMeasure = {
      counts,
      records: 500,
      population: 500,
      inferredRemovals: count,
      inferredRemovalsLast7Days: 0,
      explicitLeavers: count,
      declaredTotal: count,
      lastAcceptedTotal: 400,
      judgedMissing: true,
      notSeen: count,
    };
    const lost = { ...plan, judgedMissing: false, counts: { ...counts, lost: count } };
    const unwhole = { ...plan, judgedMissing: false };
    return [plan, lost, unwhole].flatMap((one) =>
      judgeSafeguards(defaultSafeguardLimits, one).map(({ message }) => message),
    );
  };

  it('are of one and of several', () => {
    const [one, two] = [messages(1).join('\n'), messages(2).join('\n')];
    expect(one).toContain('1 record failed; up to 100 of 500 pass');
    expect(one).toContain('1 person was not seen');
    expect(one).not.toMatch(/\b1 (people|records)\b/);
    expect(two).toContain('2 records failed; up to 100 of 500 pass');
    expect(two).toContain('2 people would lose their title');
    expect(two).not.toMatch(/\b2 (person|record)\b/);
  });
});

describe('limits', () => {
  it('are shares rounded down, and two at the least', () => {
    expect(populations.map((population) => limitOf(0.1, population))).toEqual([2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 100]);
    expect(limitOf(0.29, 100)).toBe(29);
  });

  it.each(populations)('let a limit of %i people pass and hold one more', (population) => {
    const at = (share: number, by: number) => limitOf(share, population) + by;
    for (const by of [-1, 0, 1]) {
      const holds = by === 1;
      const expected = (rule: SafeguardRule) => (holds ? [rule] : []);
      const inferred = at(0.1, by);
      if (inferred < population) {
        expect(tripped({ population, inferredRemovals: inferred }).includes('inferredRemovals')).toBe(holds);
      }
      expect(tripped({ population, explicitLeavers: at(0.2, by) })).toEqual(expected('explicitLeavers'));
      expect(tripped({ population, counts: { emailChanges: at(0.2, by) } })).toEqual(expected('emailChanges'));
      expect(tripped({ population, counts: { restrictedChanges: at(0.2, by) } })).toEqual(
        expected('restrictedChanges'),
      );
      expect(tripped({ population, counts: { managerChanges: at(0.3, by) } })).toEqual(expected('managerChanges'));
      expect(tripped({ population, counts: { blanked: { title: at(0.2, by) } } })).toEqual(expected('blankedValues'));
      expect(tripped({ population, counts: { failed: at(0.2, by) } })).toEqual(expected('failures'));
    }
  });

  it('count a week of inferred removals against the people of its beginning', () => {
    expect(tripped({ population: 900, inferredRemovals: 90, inferredRemovalsLast7Days: 100 })).toEqual([]);
    expect(tripped({ population: 850, inferredRemovals: 60, inferredRemovalsLast7Days: 150 })).toEqual([
      'inferredRemovals7Days',
    ]);
  });

  it('judge failures of a first sync by the records of the snapshot', () => {
    expect(tripped({ records: 100, counts: { failed: 20 } })).toEqual([]);
    expect(tripped({ records: 100, counts: { failed: 21 } })).toEqual(['failures']);
  });
});

describe('push sessions', () => {
  const plan = (parts: Partial<FactCounts>, population = 20): PlanMeasure => ({
    records: 1,
    population,
    inferredRemovals: 0,
    inferredRemovalsLast7Days: 0,
    explicitLeavers: parts.explicitLeavers ?? 0,
    declaredTotal: null,
    lastAcceptedTotal: null,
    judgedMissing: false,
    notSeen: 0,
    counts: { ...noCounts(), ...parts },
  });
  const judge = (own: PlanMeasure, before: SafeguardVerdict[] = []) =>
    judgeSafeguards(defaultSafeguardLimits, own, before);
  const rules = (verdicts: SafeguardVerdict[]) => verdicts.filter(({ tripped }) => tripped).map(({ rule }) => rule);

  it('count people who leave one by one, of those who were there at first', () => {
    let verdicts: SafeguardVerdict[] = [];
    for (let left = 1; left <= 4; left += 1) {
      verdicts = judge(plan({ explicitLeavers: 1 }, 21 - left), verdicts);
      expect(rules(verdicts)).toEqual([]);
    }
    verdicts = judge(plan({ explicitLeavers: 1 }, 16), verdicts);
    expect(verdicts.find(({ rule }) => rule === 'explicitLeavers')).toMatchObject({
      measured: 5,
      limit: 4,
      population: 20,
    });
    expect(rules(verdicts)).toEqual(['explicitLeavers']);
    expect(rules(judge(plan({}, 16), verdicts))).toEqual(['explicitLeavers']);
  });

  it('remember which attribute was blanked, also past a plan that blanks another', () => {
    const first = judge(plan({ blanked: { title: 4 } }));
    const second = judge(plan({ blanked: { location: 1 } }), first);
    expect(rules(second)).toEqual([]);
    const third = judge(plan({ blanked: { title: 1 } }), second);
    expect(third.filter(({ tripped }) => tripped)).toMatchObject([
      { rule: 'blankedValues', attribute: 'title', measured: 5 },
    ]);
  });
});

describe('the whole', () => {
  it('holds when nobody would be left', () => {
    for (const population of [1, 2]) {
      expect(tripped({ population, inferredRemovals: population })).toEqual(['whole']);
      expect(tripped({ population, inferredRemovals: population - 1 })).toEqual([]);
    }
    expect(tripped({ population: 3, inferredRemovals: 1, explicitLeavers: 2 })).toEqual(['whole']);
    expect(tripped({ population: 0 })).toEqual([]);
  });

  it('holds when a record has no identity', () => {
    expect(tripped({ population: 50, inferredRemovals: 1, counts: { noIdentity: 1 } })).toEqual(['whole']);
  });

  it('holds when the declared total fell by more than a tenth', () => {
    for (const lastAcceptedTotal of [30, 110, 1000]) {
      const tenth = lastAcceptedTotal * 0.1;
      const after = (declaredTotal: number) => tripped({ population: 50, lastAcceptedTotal, declaredTotal });
      expect(after(lastAcceptedTotal - tenth)).toEqual([]);
      expect(after(lastAcceptedTotal - tenth - 1)).toEqual(['whole']);
    }
  });

  it('lets the declared total fall by two, however few there are', () => {
    for (const lastAcceptedTotal of [3, 5, 10, 29]) {
      const after = (declaredTotal: number) => tripped({ population: 50, lastAcceptedTotal, declaredTotal });
      expect(after(lastAcceptedTotal - 2)).toEqual([]);
      expect(after(lastAcceptedTotal - 3)).toEqual(['whole']);
    }
  });

  it('says why nobody is judged missing', () => {
    expect(tripped({ judgedMissing: false, counts: { noIdentity: 1 } })).toEqual([]);
  });
});
