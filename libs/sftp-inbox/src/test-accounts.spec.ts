import { passwordHash } from '#connector-sdk';
import { newId } from '#core';
import { type AccountId, accountName } from './account-name.js';
import { type AccountEvent, type AccountSettings, AccountStore } from './account-store.port.js';

export const password = 'correct horse battery';
export const reportFolder = 'uploads/hr_reports';

/** Accounts as a test makes them, and what the server told of them. */
export class TestAccounts extends AccountStore {
  readonly known = new Map<string, AccountSettings>();
  readonly noted: string[] = [];

  constructor(private readonly publicKeys: readonly string[] = []) {
    super();
  }

  async find(id: AccountId): Promise<AccountSettings | null> {
    return this.known.get(accountName(id)) ?? null;
  }

  async note(_id: AccountId, event: AccountEvent): Promise<void> {
    const detail = event.kind === 'upload' ? event.detail : `${event.method} from ${event.address}`;
    this.noted.push(`${event.kind}: ${detail}`);
  }

  add(): AccountId {
    const id = { tenantId: newId('tenant'), integrationId: newId('integration') };
    this.known.set(accountName(id), {
      use: {
        folders: [reportFolder],
        archives: [`${reportFolder}/archive`],
        publicKeys: this.publicKeys,
        isExpected: (path) => path.endsWith('.csv'),
      },
      passwordHash: passwordHash('').parse(password),
    });
    return id;
  }
}
