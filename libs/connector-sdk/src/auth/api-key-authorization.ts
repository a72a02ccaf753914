import type { RequestAuthorization } from '../http-request.js';
import { usableCredential } from './usable-credential.js';

/** A key and where the source wants it: in a header, such as `X-Api-Key`, or in a query parameter. */
export type ApiKey = {
  readonly key: string;
  /** The secret that holds it, for messages. Default: `apiKey`. */
  readonly setting?: string;
} & ({ readonly header: string; readonly query?: undefined } | { readonly query: string; readonly header?: undefined });

/**
 * A key that the source gave out once and for all. One that goes into the query is put there when a request is sent: the
 * request's own address, from which messages, logs and fixtures are made, never holds it.
 *
 * @throws SourceConfigurationError `unusableCredential` for an empty key, and for one that no header can carry
 */
export function apiKeyAuthorization({ key, setting = 'apiKey', header, query }: ApiKey): RequestAuthorization {
  const value = usableCredential(key, setting);
  if (query !== undefined) return { headers: async () => ({}), query: async () => ({ [query]: value }) };
  return { headers: async () => ({ [header]: value }) };
}
