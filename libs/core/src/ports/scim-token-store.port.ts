import type { ScimScope, ScimToken } from '../scim.js';

/** The tokens that identity providers come with. Writes are durable against a power cut, but for when one was used last. */
export abstract class ScimTokenStore {
  /** `full`: the integration has as many as it may. */
  abstract create(token: ScimToken): Promise<'created' | 'full'>;
  abstract byHash(hash: string): Promise<ScimToken | null>;
  /** An integration's, oldest first. */
  abstract list(scope: ScimScope): Promise<ScimToken[]>;
  /** False when the integration has no such token. */
  abstract delete(scope: ScimScope, id: string): Promise<boolean>;
  /** Notes when a token was used last; never an earlier instant than before. */
  abstract noteUse(token: Pick<ScimToken, 'id' | 'tenantId' | 'integrationId'>, at: string): Promise<void>;
}
