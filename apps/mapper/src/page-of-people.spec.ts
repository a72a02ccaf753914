import { encodePage, type IntegrationId, standardAttributes, type SyncId, type TenantId } from '#core';
import type { PageJobInput } from './page-job.js';

/** A page of made-up people whose mapping takes id, name and e-mail. */
export async function pageOfPeople(documents: readonly unknown[], page = 0, firstSeq = 0): Promise<PageJobInput> {
  const records = documents.map((document) => ({
    bytes: Buffer.from(typeof document === 'string' ? document : JSON.stringify(document)),
  }));
  return {
    reference: {
      tenantId: 'ten_1' as TenantId,
      integrationId: 'int_1' as IntegrationId,
      syncId: 'syn_1' as SyncId,
      page,
      firstSeq,
      records: records.length,
      claim: 1,
    },
    body: await encodePage(records),
    today: '2030-01-01',
    mapping: {
      key: 'syn_1',
      definition: {
        identity: 'connector',
        attributes: { fullName: 'name', email: 'mail' },
        scope: null,
        restricted: null,
      },
      attributes: [...standardAttributes],
      sourceIdExpression: 'id',
    },
  };
}

export function person(id: number): { id: string; name: string; mail: string } {
  return { id: `p${id}`, name: `Person ${id}`, mail: `p${id}@example.org` };
}
