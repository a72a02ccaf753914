import type { ConnectorDefinition, PublicKey } from '#connector-sdk';
import type { JsonObject } from '#core';

/** The public keys of an integration's key pairs; none where its secrets are not as its connector takes them. */
export async function publicKeysOf(
  { secrets: schema, keyPairs }: Pick<ConnectorDefinition, 'secrets' | 'keyPairs'>,
  secrets: JsonObject,
): Promise<readonly PublicKey[]> {
  const known = schema.safeParse(secrets);
  return keyPairs === undefined || !known.success ? [] : keyPairs.list(known.data);
}
