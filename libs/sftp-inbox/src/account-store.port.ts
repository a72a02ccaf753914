import type { InboxUse } from '#connector-sdk';
import type { AccountId } from './account-name.js';

/** How somebody logs in and what may be sent. */
export interface AccountSettings {
  readonly use: InboxUse;
  /** As `passwordHash` of the SDK makes it; null: by key only. */
  readonly passwordHash: string | null;
}

/** Somebody logged in, or was refused. */
export interface LoginEvent {
  readonly kind: 'login' | 'loginFailed';
  readonly method: 'password' | 'publickey';
  /** Of the client. */
  readonly address: string;
}

export type AccountEvent = LoginEvent | { readonly kind: 'upload'; readonly detail: string };

/** What the server asks and tells of the integrations that it takes files for. */
export abstract class AccountStore {
  /** Null for an integration that is not there, or takes no files. */
  abstract find(id: AccountId): Promise<AccountSettings | null>;
  /** Of accounts that there are. Details name no person. Never throws. */
  abstract note(id: AccountId, event: AccountEvent): Promise<void>;
}
