import type { SyncChange, TenantId } from '#core';
import { declareCollection } from './collection.js';

export interface SyncChangeDocument extends SyncChange {
  /** tenant:number */
  _id: string;
  tenantId: TenantId;
}

export const syncChanges = declareCollection<SyncChangeDocument>(
  'syncChanges',
  {
    _id: String,
    tenantId: String,
    no: Number,
    syncId: String,
    integrationId: String,
    mode: String,
    state: String,
    at: String,
  },
  [
    { name: 'byTenant', keys: { tenantId: 1, no: 1 } },
    { name: 'bySync', keys: { tenantId: 1, syncId: 1, no: 1 } },
    { name: 'byInstant', keys: { at: 1 } },
  ],
);
