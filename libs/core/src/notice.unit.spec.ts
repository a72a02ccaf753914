import { describe, expect, it } from 'vitest';
import type { IntegrationId, NoticeId, TenantId } from './ids.js';
import { burstOf, isNoticed, type NoticeDraft, withDraft } from './notice.js';
import { syncModes, syncStates, syncTriggers } from './sync.js';

const hourMs = 60 * 60 * 1000;

function draft(parts: Partial<NoticeDraft> = {}): NoticeDraft {
  return {
    id: 'ntc_1' as NoticeId,
    tenantId: 'ten_1' as TenantId,
    kind: 'syncFailed',
    integrationId: 'int_1' as IntegrationId,
    subjectId: 'syn_1',
    channel: 'email',
    target: 'hr@acme.example',
    title: 'one',
    text: 'one',
    data: {},
    happenedAt: '2026-01-01T12:00:00.000Z',
    createdAt: '2026-01-01T12:00:00.000Z',
    ...parts,
  };
}

describe('what people are told of', () => {
  it('is what runs by itself and fails or plans, what waits for a word, and no change by hand', () => {
    const all = syncModes.flatMap((mode) =>
      syncTriggers.flatMap((trigger) => syncStates.map((state) => ({ mode, trigger, state }))),
    );
    const told = all.filter(isNoticed).map(({ mode, trigger, state }) => `${mode} ${trigger} ${state}`);
    expect(told).toEqual(
      expect.arrayContaining([
        'dry schedule completed',
        'dry push failed',
        'live manual failed',
        'live undo awaitingApproval',
      ]),
    );
    expect(
      told.filter((one) => / edit | cancelled|queued|applying|^live \w+ (completed|incomplete)/.test(one)),
    ).toEqual([]);
    expect(told).not.toContain('dry manual failed');
    expect(told).not.toContain('dry replay completed');
  });
});

describe('a burst', () => {
  it('is told at once, then put together until the hour is over', () => {
    const first = withDraft(null, draft(), hourMs);
    expect(first).toMatchObject({ count: 1, dueAt: '2026-01-01T12:00:00.000Z', tries: 0, state: 'waiting' });
    const sent = { ...first, state: 'sent' as const, tries: 1 };
    const later = { id: 'ntc_2' as NoticeId, createdAt: '2026-01-01T12:10:00.000Z', title: 'two' };
    const second = withDraft(sent, draft(later), hourMs);
    expect(second).toMatchObject({ id: 'ntc_2', count: 1, dueAt: '2026-01-01T13:00:00.000Z' });
    const third = withDraft(second, draft({ id: 'ntc_3' as NoticeId, subjectId: 'syn_3', title: 'three' }), hourMs);
    expect(third).toMatchObject({ id: 'ntc_2', count: 2, title: 'three', subjectId: 'syn_3', dueAt: second.dueAt });
  });

  it('changes nothing that has been begun: a second try says the same as the first', () => {
    const begun = { ...withDraft(null, draft(), hourMs), tries: 1 };
    expect(withDraft(begun, draft({ id: 'ntc_2' as NoticeId }), hourMs)).toMatchObject({ id: 'ntc_2', count: 1 });
  });

  it('is of one kind, one integration and one recipient', () => {
    const bursts = [
      draft(),
      draft({ kind: 'planReady' }),
      draft({ integrationId: 'int_2' as IntegrationId }),
      draft({ target: 'it@acme.example' }),
      draft({ integrationId: null }),
    ].map(burstOf);
    expect(new Set(bursts).size).toBe(5);
    expect(burstOf(draft({ subjectId: 'syn_2' }))).toBe(bursts[0]);
  });
});
