import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ConnectorState, ConnectorStateStore, IntegrationId, JsonValue, SyncId, TenantId } from '#core';
import type { ContractFactory, ContractSubject } from './contract.js';

const acme = 'ten_acme' as TenantId;
const globex = 'ten_globex' as TenantId;
const hr = 'int_hr' as IntegrationId;

function state(generation: number, syncId: string, value: JsonValue): ConnectorState {
  return { generation, syncId: syncId as SyncId, state: value };
}

export function describeConnectorStateStoreContract(name: string, factory: ContractFactory<ConnectorStateStore>): void {
  describe(`${name}: connector state store contract`, () => {
    let subject: ContractSubject<ConnectorStateStore>;
    let states: ConnectorStateStore;

    beforeEach(async () => {
      subject = await factory();
      states = subject.port;
    });
    afterEach(() => subject.dispose());

    it('gives null before anything was written', async () => {
      expect(await states.read(acme, hr)).toBeNull();
    });

    it('gives back what was written', async () => {
      const written = state(1, 'syn_1', { cursor: 'abc', files: ['a.csv', 'b.csv'], n: null });
      expect(await states.advance(acme, hr, written)).toBe('written');
      expect(await states.read(acme, hr)).toEqual(written);
    });

    it('lets a higher generation write', async () => {
      await states.advance(acme, hr, state(1, 'syn_1', 'old'));
      expect(await states.advance(acme, hr, state(3, 'syn_3', 'new'))).toBe('written');
      expect(await states.read(acme, hr)).toEqual(state(3, 'syn_3', 'new'));
    });

    it('refuses a lower generation and changes nothing', async () => {
      await states.advance(acme, hr, state(3, 'syn_3', 'new'));
      expect(await states.advance(acme, hr, state(2, 'syn_2', 'late'))).toBe('stale');
      expect(await states.read(acme, hr)).toEqual(state(3, 'syn_3', 'new'));
    });

    it('writes the same sync’s state again', async () => {
      await states.advance(acme, hr, state(1, 'syn_1', 'a'));
      expect(await states.advance(acme, hr, state(1, 'syn_1', 'a'))).toBe('written');
      expect(await states.read(acme, hr)).toEqual(state(1, 'syn_1', 'a'));
    });

    it('keeps tenants and integrations apart', async () => {
      await states.advance(acme, hr, state(9, 'syn_9', 'acme'));
      expect(await states.read(globex, hr)).toBeNull();
      expect(await states.advance(globex, hr, state(1, 'syn_1', 'globex'))).toBe('written');
      expect(await states.advance(acme, 'int_ad' as IntegrationId, state(1, 'syn_2', 'ad'))).toBe('written');
      expect(await states.read(acme, hr)).toEqual(state(9, 'syn_9', 'acme'));
    });

    it('keeps the state over a restart', async () => {
      await states.advance(acme, hr, state(1, 'syn_1', 'a'));
      const again = await subject.reopen();
      expect(await again.read(acme, hr)).toEqual(state(1, 'syn_1', 'a'));
    });
  });
}
