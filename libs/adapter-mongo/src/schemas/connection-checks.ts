import type { ConnectionCheck } from '#core';
import { declareCollection } from './collection.js';

export interface ConnectionCheckDocument extends Omit<ConnectionCheck, 'steps'> {
  /** tenant:check */
  _id: string;
  /** JSON. */
  steps: string;
}

export const connectionChecks = declareCollection<ConnectionCheckDocument>(
  'connectionChecks',
  {
    _id: String,
    id: String,
    tenantId: String,
    integrationId: String,
    requestedAt: String,
    finishedAt: String,
    steps: String,
  },
  [{ name: 'byRequest', keys: { finishedAt: 1, requestedAt: 1, id: 1 } }],
);
