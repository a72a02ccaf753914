import createClient, { type Client } from 'openapi-fetch';
import type { paths } from './api-types.js';

export interface MusterClientOptions {
  /** Where Muster is, e.g. `http://127.0.0.1:8080`. */
  url: string;
  apiKey: string;
  /** Instead of the platform's own. */
  fetch?: (request: Request) => Promise<Response>;
}

/** Muster's API: every path, parameter, body and answer typed by its OpenAPI document. */
export type MusterClient = Client<paths>;

/** A client as `openapi-fetch` makes it: `GET`, `POST`, … give `{data, error, response}` and throw nothing but what `fetch` throws. */
export function createMusterClient({ url, apiKey, fetch }: MusterClientOptions): MusterClient {
  return createClient<paths>({
    baseUrl: url,
    headers: { authorization: `Bearer ${apiKey}` },
    ...(fetch === undefined ? {} : { fetch }),
  });
}
