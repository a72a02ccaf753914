import { describe, expect, it } from 'vitest';
import { emailKey, employeeIdKey } from './attributes.js';
import { localDate } from './clock.js';
import { hash64, recordHash } from './hash.js';
import { createdUserId, newId, outcomeId, parseOutcomeId } from './ids.js';
import { changesDirectory, outcomeKinds } from './outcome.js';
import { hasEnded, syncStates } from './sync.js';

describe('ids', () => {
  it('are different each time, and say of what kind they are', () => {
    const ids = new Set(Array.from({ length: 1000 }, () => newId('sync')));
    expect(ids.size).toBe(1000);
    for (const id of ids) expect(id).toMatch(/^syn_[0-9a-z]{16}$/);
  });

  it('of created users are the same for the same outcome, and rise with its sequence', () => {
    const sync = newId('sync');
    expect(createdUserId(sync, 12)).toBe(createdUserId(sync, 12));
    expect(createdUserId(sync, 999_999) > createdUserId(sync, 35)).toBe(true);
    expect(createdUserId(newId('sync'), 12)).not.toBe(createdUserId(sync, 12));
  });

  it('of outcomes lead back to sync and sequence, and nothing else does', () => {
    const sync = newId('sync');
    expect(parseOutcomeId(outcomeId(sync, 7))).toEqual({ syncId: sync, seq: 7 });
    for (const text of ['', 'out_', `out_${sync}`, 'out_0123456789abcdef_01', 'out_0123456789abcdef_-1', 'syn_x_1']) {
      expect(parseOutcomeId(text)).toBeNull();
    }
  });
});

describe('keys', () => {
  it('are the same for addresses that differ in case, white space or Unicode form only', () => {
    expect(emailKey('  José.Núñez@Example.ORG ')).toBe(emailKey('josé.núñez@example.org'));
    expect(emailKey('Jose\u0301@x.org')).toBe(emailKey('José@x.org'));
    expect(employeeIdKey(4711)).toBe(employeeIdKey('4711'));
  });

  it('are null for what is blank', () => {
    for (const value of [null, undefined, '', '   ']) expect(emailKey(value)).toBeNull();
  });
});

describe('dates', () => {
  it('are those of the tenant’s calendar', () => {
    expect(localDate('2026-03-01T11:30:00.000Z', 'Pacific/Kiritimati')).toBe('2026-03-02');
    expect(localDate('2026-03-01T09:30:00.000Z', 'Pacific/Pago_Pago')).toBe('2026-02-28');
  });
});

describe('hashes', () => {
  it('are never zero, and differ for texts that differ a little', () => {
    const seen = new Set<string>();
    const words = new Uint32Array(2);
    for (let index = 0; index < 20_000; index += 1) {
      hash64(`W${String(index).padStart(7, '0')}`, words, 0);
      expect(words[0] === 0 && words[1] === 0).toBe(false);
      seen.add(`${String(words[0])}:${String(words[1])}`);
    }
    expect(seen.size).toBe(20_000);
  });

  it('of records change with every byte', () => {
    expect(recordHash(Buffer.from('{"a":1}'))).not.toBe(recordHash(Buffer.from('{"a":2}')));
  });
});

describe('closed lists', () => {
  it('know which states are ends and which outcomes change somebody', () => {
    expect(syncStates.filter(hasEnded)).toEqual(['completed', 'incomplete', 'awaitingApproval', 'failed', 'cancelled']);
    expect(outcomeKinds.filter(changesDirectory)).toEqual(['created', 'updated', 'deprovisioned', 'reactivated']);
  });
});
