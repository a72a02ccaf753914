import { setTimeout as sleep } from 'node:timers/promises';
import type { AcmeTenant } from '../support/acme-tenant.js';
import type { MusterApi, SyncAnswer } from '../support/muster-api.js';
import type { Picture } from './picture.js';

/** Queues a live sync and gives its id. */
export async function queue(api: MusterApi, { tenant, integration }: AcmeTenant): Promise<string> {
  const syncs = `/v1/tenants/${tenant}/integrations/${integration}/syncs`;
  return (await api.must<{ id: string }>('POST', syncs, { mode: 'live' })).id;
}

/** Lets through what is held, and waits until that is taken up. */
export async function approve(api: MusterApi, { tenant }: AcmeTenant, { id, planHash }: SyncAnswer): Promise<void> {
  await api.must('POST', `/v1/tenants/${tenant}/syncs/${id}/approve`, { all: true, includeHeld: true, planHash });
  while ((await api.sync(tenant, id)).state === 'awaitingApproval') await sleep(3);
}

/** Records in the manifest = outcomes with a record; removals of those who were not seen come after the last record. */
export function uncounted(name: string, { counts, totals, manifest }: SyncAnswer, picture: Picture): string[] {
  const records = manifest?.records ?? -1;
  const sequences = [...picture.keys()].flatMap((key) => {
    const seq = /^outcome (\d+)$/.exec(key)?.[1];
    return seq === undefined ? [] : [Number(seq)];
  });
  const withoutRecord = sequences.filter((seq) => seq >= records).length;
  const unchanged = totals.find(({ reason }) => reason === 'unchanged')?.count ?? 0;
  const counted = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const wrong: string[] = [];
  if (counted - withoutRecord !== records) {
    wrong.push(`${name}: ${String(records)} records, ${String(counted - withoutRecord)} outcomes with one`);
  }
  if (sequences.length + unchanged !== counted) {
    wrong.push(`${name}: ${String(counted)} outcomes counted, ${String(sequences.length + unchanged)} kept`);
  }
  return wrong;
}
