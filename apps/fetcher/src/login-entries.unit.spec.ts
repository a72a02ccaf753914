import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { newId } from '#core';
import type { LoginEvent } from '#sftp-inbox';
import { LoginEntries } from './login-entries.js';

const account = { tenantId: newId('tenant'), integrationId: newId('integration') };
const other = { ...account, integrationId: newId('integration') };

describe('what the audit says of logins', () => {
  let written: string[];
  let entries: LoginEntries;

  beforeEach(() => {
    vi.useFakeTimers();
    written = [];
    entries = new LoginEntries(async ({ integrationId, kind, detail }) => {
      written.push(`${integrationId === account.integrationId ? '' : 'other '}${kind}: ${detail}`);
    });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const add = async (kind: LoginEvent['kind'], times = 1, address = '203.0.113.7', of = account) => {
    for (let time = 0; time < times; time += 1) {
      await entries.add(of, { kind, method: kind === 'login' ? 'publickey' : 'password', address });
    }
  };

  it('is an entry for each, with its method and address', async () => {
    await add('login', 2);
    await add('login', 1, '2001:db8::7');
    await add('loginFailed');
    await add('login', 1, '203.0.113.9', other);
    expect(written).toEqual([
      'login: publickey, from 203.0.113.7',
      'login: publickey, from 203.0.113.7',
      'login: publickey, from 2001:db8::7',
      'loginFailed: password, from 203.0.113.7',
      'other login: publickey, from 203.0.113.9',
    ]);
    await vi.advanceTimersByTimeAsync(600_000);
    expect(written).toHaveLength(5);
  });

  it('is one entry for those beyond so many in a minute, though nobody comes again', async () => {
    await add('login', 20);
    await add('login', 3, '203.0.113.8');
    await add('loginFailed', 6);
    expect(written).toHaveLength(25);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(written.slice(25)).toEqual([
      'login: 3 more within a minute, from 203.0.113.8',
      'loginFailed: 1 more within a minute, from 203.0.113.7',
    ]);
    await add('loginFailed');
    expect(written.at(-1)).toBe('loginFailed: password, from 203.0.113.7');
  });

  it('names few addresses and counts the others', async () => {
    for (let number = 0; number < 10; number += 1) await add('loginFailed', 1, `203.0.113.${number}`);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(written.at(-1)).toBe(
      'loginFailed: 5 more within a minute, from 203.0.113.5, 203.0.113.6, 203.0.113.7 and 2 others',
    );
    for (let number = 0; number < 250; number += 1) await add('loginFailed', 1, `198.51.100.${number}`);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(written.at(-1)).toMatch(/^loginFailed: 245 more within a minute, .* and 97 or more others$/);
  });

  it('is complete when the process stops', async () => {
    await add('loginFailed', 9);
    await entries.flush();
    expect(written.at(-1)).toBe('loginFailed: 4 more within a minute, from 203.0.113.7');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(written).toHaveLength(6);
  });
});
