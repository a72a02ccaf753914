import { Injectable } from '@nestjs/common';
import { ConnectorRegistry } from '#connector-sdk';
import { Clock, ConfigurationError, type IntegrationId, SettingsStore } from '#core';
import { type AccountEvent, type AccountId, type AccountSettings, AccountStore } from '#sftp-inbox';
import { errorFields, Logger } from '#telemetry';
import { SecretKeeper } from './secret-keeper.js';

/** Of one kind, about one integration, at most one entry in so long: nobody fills the audit by trying passwords. */
const noteEveryMs = 60_000;

/** Integrations as those who send files for them know them. */
@Injectable()
export class InboxAccounts extends AccountStore {
  private readonly noted = new Map<string, { at: number; left: number }>();

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

  async note({ tenantId, integrationId }: AccountId, event: AccountEvent, detail: string): Promise<void> {
    const leftOut = event === 'upload' ? 0 : this.leftOut(integrationId, event);
    if (leftOut === null) return;
    const more = leftOut === 0 ? '' : `, and ${leftOut} more since the last entry`;
    const entry = { tenantId, at: this.clock.now(), by: 'sender', action: `inbox.${event}`, subject: integrationId };
    try {
      await this.settings.appendAudit({ ...entry, detail: `${detail}${more}` });
    } catch (error) {
      this.logger.warn('The audit does not tell what a sender did.', {
        tenantId,
        integrationId,
        ...errorFields(error),
      });
    }
  }

  /** How many were left out before this one; null when this one is left out as well. */
  private leftOut(integrationId: IntegrationId, event: AccountEvent): number | null {
    const key = `${event} ${integrationId}`;
    const before = this.noted.get(key);
    const now = this.clock.nowMs();
    if (before !== undefined && now - before.at < noteEveryMs) {
      before.left += 1;
      return null;
    }
    this.noted.set(key, { at: now, left: 0 });
    return before?.left ?? 0;
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
