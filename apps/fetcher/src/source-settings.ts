import { Injectable } from '@nestjs/common';
import {
  ConfigurationError,
  type Integration,
  type IntegrationId,
  type JsonObject,
  SecretBox,
  SettingsStore,
  type SyncFailure,
  type TenantId,
} from '#core';

/** What somebody has set for an integration, its secrets opened. */
@Injectable()
export class SourceSettings {
  constructor(
    private readonly settings: SettingsStore,
    private readonly box: SecretBox,
  ) {}

  async integration(tenantId: TenantId, integrationId: IntegrationId): Promise<Integration | null> {
    return this.settings.integration(tenantId, integrationId);
  }

  /** Empty when none are set; `failure`: they cannot be opened with this installation's master key. */
  async secrets(
    tenantId: TenantId,
    integrationId: IntegrationId,
  ): Promise<{ secrets: JsonObject } | { failure: SyncFailure }> {
    const sealed = await this.settings.sealedSecrets(tenantId, integrationId);
    if (sealed === null) return { secrets: {} };
    try {
      return { secrets: this.box.open(tenantId, sealed) };
    } catch (error) {
      if (error instanceof ConfigurationError) {
        const { code, message } = error;
        return { failure: { code, message, recovery: 'configuration' } };
      }
      throw error;
    }
  }
}
