import type { components } from './api-types.js';
import type { AnswerTo, ItemOf } from './contract.js';

type Schemas = components['schemas'];

export type ApiKey = Schemas['ApiKey'];
export type Attribute = Schemas['Attribute'];
export type AuditEntry = Schemas['AuditEntry'];
export type ConnectionCheck = Schemas['ConnectionCheck'];
export type Connector = Schemas['Connector'];
export type ConnectorSummary = Schemas['ConnectorSummary'];
export type ExpressionChange = Schemas['ExpressionChange'];
export type FoundPerson = Schemas['FoundPerson'];
export type HistoryEntry = Schemas['HistoryEntry'];
export type Integration = Schemas['Integration'];
export type IntegrationRequest = Schemas['IntegrationRequest'];
export type Mapping = Schemas['Mapping'];
export type Notice = Schemas['Notice'];
export type Outcome = Schemas['Outcome'];
export type OutcomeDifference = Schemas['OutcomeDifference'];
export type OutcomeTotal = Schemas['OutcomeTotal'];
export type Problem = Schemas['Problem'];
export type Provenance = Schemas['Provenance'];
export type RateBudget = Schemas['RateBudget'];
export type Schedule = Schemas['Schedule'];
export type ScimRequest = Schemas['ScimRequest'];
export type ScimRequestWithBody = Schemas['ScimRequestWithBody'];
export type PublicKey = Schemas['PublicKey'];
export type ScimToken = Schemas['ScimToken'];
export type Sync = Schemas['Sync'];
export type SyncDetail = Schemas['SyncDetail'];
export type SyncProgress = Schemas['SyncProgress'];
export type Tenant = Schemas['Tenant'];
export type User = Schemas['User'];
export type UserDetail = Schemas['UserDetail'];
export type UserReport = Schemas['UserReport'];
export type Webhook = Schemas['Webhook'];

type InTenant<Below extends string> = `/v1/tenants/{tenant}${Below}`;
export type Explanation = AnswerTo<InTenant<'/outcomes/{outcome}/explanation'>>;
export type FoundPeople = AnswerTo<InTenant<'/people'>>;
export type PayloadField = ItemOf<InTenant<'/integrations/{integration}/payload-fields'>>;
export type OutcomeKind = Outcome['outcome'];
export type OutcomeReason = Outcome['reason'];
/** The value of an attribute. */
export type AttributeValue = Outcome['changes'][string]['after'];
