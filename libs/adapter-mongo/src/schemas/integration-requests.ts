import type { IntegrationRequest } from '#core';
import { declareCollection } from './collection.js';

export interface IntegrationRequestDocument extends Pick<
  IntegrationRequest,
  'tenantId' | 'id' | 'createdAt' | 'state' | 'revision'
> {
  /** tenant:request */
  _id: string;
  /** The request without its revision, as JSON. */
  body: string;
}

export const integrationRequests = declareCollection<IntegrationRequestDocument>(
  'integrationRequests',
  { _id: String, tenantId: String, id: String, createdAt: String, state: String, revision: Number, body: String },
  [
    { name: 'byTime', keys: { tenantId: 1, createdAt: -1, id: -1 } },
    { name: 'deployed', keys: { _id: 1, state: 1 }, partialFilterExpression: { state: 'deployed' } },
  ],
);
