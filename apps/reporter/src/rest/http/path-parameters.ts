import { z } from 'zod';
import type { ApiKeyId, IntegrationId, IntegrationRequestId, SyncId, TenantId, UserId, WebhookId } from '#core';

/** Of nine digits: more than any snapshot has records, or an integration mappings. */
const greatest = 999_999_999;

/** Ids are opaque: any text is a question, and what nobody answers to is not found. */
function id<Type extends string>(description: string) {
  return z.string().describe(description) as unknown as z.ZodType<Type, string>;
}

function wholeNumber(description: string, least: 0 | 1) {
  return z
    .string()
    .regex(
      least === 0 ? /^(0|[1-9][0-9]{0,8})$/ : /^[1-9][0-9]{0,8}$/,
      `A whole number from ${String(least)} to ${String(greatest)} is expected.`,
    )
    .transform(Number)
    .meta({ description, openapi: { type: 'integer', minimum: least, maximum: greatest } });
}

/** All parameters that stand in paths, by name: `{tenant}`. */
export const pathParameters = {
  tenant: id<TenantId>('A tenant’s id.'),
  key: id<ApiKeyId>('An API key’s id (not the key).'),
  connector: id<string>('A connector’s id.'),
  integration: id<IntegrationId>('An integration’s id.'),
  request: id<IntegrationRequestId>('An integration request’s id.'),
  webhook: id<WebhookId>('A webhook’s id.'),
  check: id<string>('A connection check’s id.'),
  sync: id<SyncId>('A sync’s id.'),
  otherSync: id<SyncId>('The id of the sync to compare with.'),
  outcome: id<string>('An outcome’s id.'),
  user: id<UserId>('A user’s id.'),
  name: id<string>('An attribute’s name; own ones are called `custom.<name>`.'),
  secret: id<string>('The name of the secret that is a key pair’s private key.'),
  token: id<string>('A SCIM token’s id (not the token).'),
  scimRequest: id<string>('The id of an identity provider’s request.'),
  file: id<string>('A file of the explorer.'),
  version: wholeNumber('A mapping version’s number.', 1),
  other: wholeNumber('The number of the version to compare with.', 1),
  seq: wholeNumber('A record’s place in its snapshot, from 0.', 0),
} satisfies Record<string, z.ZodType>;
export type PathParameter = keyof typeof pathParameters;

type NamesIn<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never;

/** The parameters of a path such as `/v1/tenants/{tenant}`, by name. */
export type ParametersOf<Path extends string> = {
  [Name in NamesIn<Path> & PathParameter]: z.output<(typeof pathParameters)[Name]>;
};

/** Names of a path's parameters, in order. Throws when one is not declared: a mistake of ours. */
export function parameterNames(path: string): PathParameter[] {
  return [...path.matchAll(/\{([^}]*)\}/g)].map(([, name = '']) => {
    if (!Object.hasOwn(pathParameters, name)) throw new Error(`path parameter ${name} of ${path} is not declared`);
    return name as PathParameter;
  });
}
