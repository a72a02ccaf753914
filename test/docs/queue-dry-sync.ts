import { randomUUID } from 'node:crypto';
import { createMusterClient, type MusterClientOptions, type Sync } from '#api-client';

/** Queues a dry sync: it makes a plan and changes nobody. */
export async function queueDrySync(muster: MusterClientOptions, tenant: string, integration: string): Promise<Sync> {
  const client = createMusterClient(muster);
  const { data, error } = await client.POST('/v1/tenants/{tenant}/integrations/{integration}/syncs', {
    params: { path: { tenant, integration }, header: { 'Idempotency-Key': randomUUID() } },
    body: { mode: 'dry' },
  });
  if (error !== undefined) throw new Error(`${error.code}: ${error.detail}`);
  return data;
}
