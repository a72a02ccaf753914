import { describe, expect, it } from 'vitest';
import { accountDisabled } from './account-disabled.js';

describe('whether an account is disabled', () => {
  it.each([
    [{}, null],
    [{ useraccountcontrol: ['512'] }, false],
    [{ useraccountcontrol: ['514'] }, true],
    [{ useraccountcontrol: ['66050'] }, true],
    [{ useraccountcontrol: ['66048'] }, false],
    [{ useraccountcontrol: ['-2147483646'] }, true],
    [{ nsaccountlock: ['TRUE'] }, true],
    [{ nsaccountlock: ['false'] }, false],
    [{ pwdaccountlockedtime: ['000001010000Z'] }, true],
    [{ pwdaccountlockedtime: ['20260101120000Z'] }, false],
  ])('%j: %s', (attributes, disabled) => {
    expect(accountDisabled(new Map(Object.entries(attributes)))).toBe(disabled);
  });
});
