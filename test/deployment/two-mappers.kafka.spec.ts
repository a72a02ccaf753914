import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AcmeSimulator } from '../../connectors/acme-hr/simulator/src/index.js';
import { queue } from '../chaos/sync-steps.js';
import { type AcmeTenant, createAcmeTenant } from '../support/acme-tenant.js';
import type { BuiltProgram } from '../support/child-process.js';
import { directoryPicture, sourcePicture } from '../support/directory-picture.js';
import { expectEveryRecordOnce } from '../support/every-record-once.js';
import { Exposition } from '../support/exposition.js';
import { startMarkedSimulator } from '../support/marked-simulator.js';
import type { MusterApi } from '../support/muster-api.js';
import { RoleProcesses } from '../support/role-processes.js';
import { newDistributedEngine, type TestEngine } from '../support/test-engine.js';

const people = 6_000;
const pageSize = 100;
const adminKey = 'mus_two-mappers-operator-key-01';
const masterKey = Buffer.alloc(32, 3).toString('base64');

describe('two mappers', () => {
  let engine: TestEngine;
  let muster: RoleProcesses;
  let api: MusterApi;
  let source: AcmeSimulator;
  let company: AcmeTenant;

  beforeAll(async () => {
    engine = newDistributedEngine();
    source = await startMarkedSimulator({ people, seed: 11, terminatedShare: 0, oddShare: 0 });
    const env = {
      MUSTER_ADMIN_KEY: adminKey,
      MUSTER_MASTER_KEY: masterKey,
      MUSTER_LOG_LEVEL: 'debug',
      KAFKA_SESSION_TIMEOUT_MS: '6000',
    };
    muster = await RoleProcesses.start({ ...engine.env, ...env }, { mappers: 2 });
    api = muster.api(adminKey);
    company = await createAcmeTenant(api, {
      config: { ...source.config, pageSize },
      secrets: { ...source.secrets },
    });
  });
  afterAll(async () => {
    await muster.stop();
    await source.stop();
    await engine.remove();
  });

  it('each map more than three tenths of a company', async () => {
    const sync = await api.runSync(company.tenant, company.integration, { mode: 'live' });
    expect(sync, sync.summary).toMatchObject({ state: 'completed' });
    const mapped = await Promise.all(muster.of('mapper').map(recordsMapped));
    const records = sync.manifest?.records ?? 0;
    expect(records).toBeGreaterThanOrEqual(people);
    expect(mapped.reduce((sum, share) => sum + share, 0)).toBe(records);
    for (const share of mapped) expect(share / records, String(mapped)).toBeGreaterThan(0.3);
  });

  it('lose no record when one of them is killed in the middle of a sync', async () => {
    const [killed, left] = muster.of('mapper');
    const [before, leftBefore] = [await recordsMapped(killed), await recordsMapped(left)];
    source.move(Array.from({ length: people / 2 }, (_, index) => `W${String(2 * index + 1).padStart(7, '0')}`));
    source.misbehave({ kind: 'slow', delayMs: 50 });
    const id = await queue(api, company);
    await expect.poll(() => recordsMapped(killed), { interval: 2 }).toBeGreaterThan(before);
    await killed?.kill();
    expect((await api.sync(company.tenant, id)).state).toMatch(/fetching|planning/);

    const sync = await api.ended(company.tenant, id);
    expect(sync, sync.summary).toMatchObject({ state: 'completed' });
    await expectEveryRecordOnce(api, company.tenant, id);
    const records = sync.manifest?.records ?? 0;
    // The other one took over what was on its way.
    expect((await recordsMapped(left)) - leftBefore).toBeGreaterThan(records / 2);
    expect(await directoryPicture({ api }, company.tenant)).toEqual(await sourcePicture({ api }, source));
  });
});

/** Records of this process's pages that were mapped so far. */
async function recordsMapped(mapper: BuiltProgram | undefined): Promise<number> {
  const response = await fetch(`${mapper?.url ?? ''}/metrics`);
  return Exposition.parse(await response.text()).sum('muster_records_total', { stage: 'mapper/raw-records' });
}
