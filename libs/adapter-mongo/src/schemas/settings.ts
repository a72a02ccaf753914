import type { mongo } from 'mongoose';
import type { ApiKey, AuditEntry, Standing, Tenant, TenantId } from '#core';
import { declareCollection } from './collection.js';
import type { ScheduleFields } from './schedules.js';

/** `_id` is the tenant's id. Without a revision: never changed since there are revisions. */
export type TenantDocument = Omit<Tenant, 'id' | 'contacts' | 'revision'> & {
  _id: string;
  contacts?: string[];
  revision?: number;
};

export const tenants = declareCollection<TenantDocument>('tenants', {
  _id: String,
  name: String,
  timeZone: String,
  deprovisioningDelayDays: Number,
  contacts: [String],
  revision: Number,
  attributesRevision: Number,
  createdAt: String,
});

/** `_id` is the key's id. */
export type ApiKeyDocument = Omit<ApiKey, 'id'> & { _id: string };

export const apiKeys = declareCollection<ApiKeyDocument>(
  'apiKeys',
  { _id: String, tenantId: String, role: String, label: String, hash: String, createdAt: String },
  [
    { name: 'byHash', keys: { hash: 1 }, unique: true },
    { name: 'byTenant', keys: { tenantId: 1, _id: 1 } },
  ],
);

export interface AttributeDocument {
  /** tenant:name */
  _id: string;
  /** An `AttributeDefinition` as JSON. */
  body: string;
}

export const attributes = declareCollection<AttributeDocument>('attributes', { _id: String, body: String });

/** The parts of an integration that move on their own are fields, the rest is one JSON text. */
export interface IntegrationDocument extends ScheduleFields {
  /** tenant:integration */
  _id: string;
  integrationId: string;
  revision: number;
  standing: Standing;
  activeMappingVersion: number | null;
  body: string;
  sealedSecrets: string;
}

export const integrations = declareCollection<IntegrationDocument>(
  'integrations',
  {
    _id: String,
    integrationId: String,
    revision: Number,
    standing: String,
    activeMappingVersion: Number,
    body: String,
    sealedSecrets: String,
    dueAt: String,
    awaiting: String,
    scheduleVersion: Number,
    schedule: String,
  },
  [
    { name: 'due', keys: { dueAt: 1, _id: 1 }, partialFilterExpression: { dueAt: { $type: 'string' } } },
    { name: 'awaiting', keys: { awaiting: 1 }, partialFilterExpression: { awaiting: { $type: 'string' } } },
    { name: 'byIntegration', keys: { integrationId: 1 } },
  ],
);

export interface MappingDocument {
  /** tenant:integration:version */
  _id: string;
  version: number;
  /** A `MappingVersion` without its version, as JSON. */
  body: string;
}

export const mappings = declareCollection<MappingDocument>('mappings', { _id: String, version: Number, body: String });

export interface AuditDocument extends AuditEntry {
  _id: mongo.ObjectId;
  tenantId: TenantId | null;
}

export const audit = declareCollection<AuditDocument>(
  'audit',
  { tenantId: String, at: String, by: String, action: String, subject: String, detail: String },
  [{ name: 'byTenant', keys: { tenantId: 1, at: -1, _id: -1 } }],
);
