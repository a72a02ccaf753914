import { describe, expect, it } from 'vitest';
import { standardAttributes, type AttributeDefinition } from '#core';
import { frozenOf } from './decision-subjects.spec.js';
import { diffAttributes, missingRequired, sameValue } from './diff.js';

const skills: AttributeDefinition = {
  name: 'custom.skills',
  label: 'Skills',
  type: 'string[]',
  required: false,
  whenBlank: 'keep',
  excludeFromCsvExport: false,
  standard: false,
};
const frozen = frozenOf({ attributes: [...standardAttributes, skills] });

describe('sameValue', () => {
  it('compares lists by their items, in order', () => {
    expect(sameValue(['a', 'b'], ['a', 'b'])).toBe(true);
    expect(sameValue(['a', 'b'], ['b', 'a'])).toBe(false);
    expect(sameValue(['a'], 'a')).toBe(false);
    expect(sameValue('1', 1)).toBe(false);
    expect(sameValue(null, null)).toBe(true);
  });
});

describe('diffAttributes', () => {
  it('tells before and after, and touches nothing that is not mapped', () => {
    const present = { title: 'Clerk', department: 'Books' };
    expect(diffAttributes(frozen, { title: 'Head', location: 'Turku' }, present)).toEqual({
      title: ['Clerk', 'Head'],
      location: [null, 'Turku'],
    });
  });

  it('clears or keeps on a blank value as the attribute says', () => {
    const present = { title: 'Clerk', 'custom.skills': ['a'] };
    expect(diffAttributes(frozen, { title: null, 'custom.skills': null }, present)).toEqual({
      title: ['Clerk', null],
    });
  });

  it('leaves the active indicator to the status', () => {
    expect(diffAttributes(frozen, { active: true }, {})).toEqual({});
  });
});

describe('missingRequired', () => {
  it('is judged after the change', () => {
    expect(missingRequired(frozen, { fullName: 'Ada', email: 'a@x.example' }, {})).toBeNull();
    expect(missingRequired(frozen, { fullName: 'Ada', email: 'a@x.example' }, { email: ['a@x.example', null] })).toBe(
      'email',
    );
    expect(missingRequired(frozen, { fullName: 'Ada' }, { email: [null, 'a@x.example'] })).toBeNull();
  });
});
