import { Injectable } from '@nestjs/common';
import { ConnectorRegistry } from '#connector-sdk';
import { Clock, ConfigurationError, SettingsStore } from '#core';
import { type AccountEvent, type AccountId, type AccountSettings, AccountStore } from '#sftp-inbox';
import { errorFields, Logger } from '#telemetry';
import { LoginEntries } from './login-entries.js';
import { SecretKeeper } from './secret-keeper.js';

/** Integrations as those who send files for them know them. */
@Injectable()
export class InboxAccounts extends AccountStore {
  private readonly logins = new LoginEntries(async (entry) => this.append(entry));

  constructor(
    private readonly settings: SettingsStore,
    private readonly connectors: ConnectorRegistry,
    private readonly keeper: SecretKeeper,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {
    super();
  }

  async find({ tenantId, integrationId }: AccountId): Promise<AccountSettings | null> {
    const integration = await this.settings.integration(tenantId, integrationId);
    if (integration === null || !integration.enabled) return null;
    const connector = this.connectors.get(integration.connectorId);
    const config = connector?.config.safeParse(integration.config);
    if (connector?.inbox === undefined || config?.success !== true) return null;
    const use = connector.inbox(config.data);
    return { use, passwordHash: await this.passwordHash(tenantId, integrationId) };
  }

  async note(id: AccountId, event: AccountEvent): Promise<void> {
    if (event.kind === 'upload') await this.append({ ...id, ...event });
    else await this.logins.add(id, event);
  }

  /** Writes what is counted of logins up to now. */
  async flush(): Promise<void> {
    await this.logins.flush();
  }

  private async append({
    tenantId,
    integrationId,
    kind,
    detail,
  }: AccountId & { kind: AccountEvent['kind']; detail: string }): Promise<void> {
    const entry = { tenantId, at: this.clock.now(), by: 'sender', action: `inbox.${kind}`, subject: integrationId };
    try {
      await this.settings.appendAudit({ ...entry, detail });
    } catch (error) {
      this.logger.warn('The audit does not tell what a sender did.', {
        tenantId,
        integrationId,
        ...errorFields(error),
      });
    }
  }

  /** Null without a password, or when it was sealed under another master key and so is lost. */
  private async passwordHash(...of: [AccountId['tenantId'], AccountId['integrationId']]): Promise<string | null> {
    try {
      const { password } = await this.keeper.open(...of);
      return typeof password === 'string' ? password : null;
    } catch (error) {
      if (error instanceof ConfigurationError) return null;
      throw error;
    }
  }
}
