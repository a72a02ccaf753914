/** For settings and secrets: a connector outside Muster's own folder has no zod beside it. */
export { z } from 'zod';
export type { JsonValue } from './json-value.js';
export type { PushedPage, PushedPeople, PushedRecord } from './pushed-people.js';
export type { RawRecord } from './raw-record.js';
export { letMusterThrough } from './let-muster-through.js';
export type { SetupStep, SetupTarget } from './setup-step.js';
export { CONNECTOR_KINDS, connectorKind } from './connector-kind.js';
export type { ConnectorKind } from './connector-kind.js';
export { SETUP_EFFORTS, setupEffort } from './setup-effort.js';
export type { SetupEffort } from './setup-effort.js';
export type { Inbox, InboxAddress, InboxArrivals, InboxEntry, InboxUse } from './inbox.js';
export { type KeyOptions, newEd25519Key } from './ed25519-key.js';
export { KEY_PAIR_KINDS, type KeyPairKind, type KeyPairs, KEY_USES, type KeyUse, type PublicKey } from './key-pairs.js';
export { isPasswordOf, nobodysHash, passwordHash } from './password-hash.js';
export { CHECK_STEPS, FETCH_EXTENTS, WHOLENESS_EVIDENCE } from './connector.js';
export type {
  CheckStep,
  CheckStepName,
  Connector,
  ConnectorCapabilities,
  ConnectorContext,
  ConnectorEvent,
  ConnectorTraits,
  DefaultMapping,
  FetchBatch,
  FetchContext,
  FetchEnd,
  FetchExtent,
} from './connector.js';
export { ConnectorRegistry, rateBudgetOrigins } from './connector-registry.js';
export type { KnownRateBudget } from './connector-registry.js';
export type { ConnectorDefinition, LoadedConnector } from './loaded-connector.js';
export { defineConnector } from './define-connector.js';
export {
  SourceConfigurationError,
  SourceCredentialsError,
  SourceError,
  SourceFatalError,
  SourceRetriableError,
} from './source.errors.js';
export type { SourceErrorFields, SourceErrorInput } from './source.errors.js';
export { fileChanged } from './file-changed.errors.js';
export { unknownCursor } from './unknown-cursor.errors.js';
export { BadResponseError } from './bad-response.errors.js';
export { httpAddress } from './http-address.js';
export { HttpClient } from './http-client.js';
export type { HttpClientOptions } from './http-client.js';
export type { HttpRequest, HttpRequestBasics, HttpResponse, RequestAuthorization } from './http-request.js';
export type { HttpStream, HttpStreamRequest } from './http-stream.js';
export type { HttpStats, RetryCause } from './http-stats.js';
export type { RequestBudget } from './request-budget.js';
export { DEFAULT_BACKOFF } from './backoff.js';
export type { BackoffPolicy } from './backoff.js';
export { apiKeyAuthorization } from './auth/api-key-authorization.js';
export type { ApiKey } from './auth/api-key-authorization.js';
export { basicAuthorization } from './auth/basic-authorization.js';
export type { BasicCredentials } from './auth/basic-authorization.js';
export { bearerAuthorization } from './auth/bearer-authorization.js';
export type { BearerToken } from './auth/bearer-authorization.js';
export { OAuth2ClientCredentials } from './oauth2-client-credentials.js';
export type { OAuth2ClientCredentialsOptions } from './oauth2-client-credentials.js';
export { OAuth2RefreshToken } from './oauth2-refresh-token.js';
export type { OAuth2RefreshTokenOptions } from './oauth2-refresh-token.js';
export { OAuth2JwtBearer } from './oauth2-jwt-bearer.js';
export type { OAuth2JwtBearerOptions } from './oauth2-jwt-bearer.js';
export { JWT_ALGORITHMS } from './auth/jwt-key.js';
export type { JwtAlgorithm, JwtKey } from './auth/jwt-key.js';
export type { OAuth2Client, OAuth2ClientKey, OAuth2ClientSecret, OAuth2Endpoint } from './oauth2-token-endpoint.js';
export { isolatedContext } from './isolated-context.js';
export type { IsolatedContext, IsolatedContextInput } from './isolated-context.js';
export { noOwnSecrets } from './own-secrets.js';
export type { OwnSecrets } from './own-secrets.js';
export { canonicalRequest, hmacSignature } from './hmac-signature.js';
export type { HmacSignatureOptions, RequestToSign } from './hmac-signature.js';
export type { ArrayPlace } from './array-path.js';
export { NdjsonSplitter } from './ndjson-splitter.js';
export type { NdjsonSplitterOptions } from './ndjson-splitter.js';
export { splitJsonArray } from './split-json-array.js';
export type { SplitJsonArray, SplitJsonArrayOptions } from './split-json-array.js';
export { JsonArraySplitter } from './json-array-splitter.js';
export type { JsonArraySplitterOptions } from './json-array-splitter.js';
export { countedPages } from './paging/counted-pages.js';
export type { CountedPage, CountedPagesOptions } from './paging/counted-pages.js';
export { cursorPages } from './paging/cursor-pages.js';
export type { CursorPagesOptions } from './paging/cursor-pages.js';
export { linkTarget } from './paging/link-header.js';
export { linkedPages } from './paging/linked-pages.js';
export type { LinkedPagesOptions } from './paging/linked-pages.js';
export type { ListedPage, PagingContext } from './paging/list-pages.js';
export { ListCircle } from './list-circle.js';
export { readJsonRecord } from './read-json-record.js';
export { JsonSplitError } from './json-split.errors.js';
export type { JsonSplitErrorCode } from './json-split.errors.js';
export { checkReachable } from './check-reachable.js';
export { attemptStep } from './attempt-step.js';
export type { StepAttempt } from './attempt-step.js';
export { failedStep } from './failed-step.js';
export { fieldNames } from './field-names.js';
export { settingsComplete } from './settings-complete.js';
export type { CheckReachableOptions, ServerAt } from './check-reachable.js';
export { Dialler } from './egress/dialler.js';
export type { OpenWay, Way, WayLimits } from './egress/way.js';
export type {
  Destination,
  DiallerOptions,
  DialLimits,
  DialTarget,
  ResolveHost,
  UnreadConnection,
} from './egress/dialler.js';
export { EgressPolicy } from './egress/egress-policy.js';
export type { EgressRules } from './egress/egress-policy.js';
export { csvFormatSettings } from './csv/csv-format.js';
export type { CsvEncoding, CsvFormat, CsvSeparator } from './csv/csv-format.js';
export { CsvError } from './csv/csv.errors.js';
export type { CsvCutOff, CsvErrorCode } from './csv/csv.errors.js';
export { CSV_ID_KEY } from './csv/csv-record.js';
export { openCsv } from './csv/open-csv.js';
export type { CsvEnd, OpenCsv } from './csv/open-csv.js';
export { XmlSplitter } from './xml/xml-splitter.js';
export type { XmlElement, XmlSplitterOptions } from './xml/xml-splitter.js';
export { XmlError } from './xml/xml.errors.js';
export type { XmlErrorCode } from './xml/xml.errors.js';
export { DEFAULT_XML_LIMITS } from './xml/xml-limits.js';
export type { XmlLimits } from './xml/xml-limits.js';
export { xmlChildren, xmlText } from './xml/xml-value.js';
export type { XmlObject, XmlValue } from './xml/xml-value.js';
export { xmlEscape } from './xml/xml-escape.js';
