import { Injectable } from '@nestjs/common';
import {
  ConfigurationError,
  type IntegrationId,
  type JsonObject,
  SecretBox,
  SettingsStore,
  type TenantId,
} from '#core';

/** Secrets of integrations: sealed on the way in, and only their names on the way out. */
@Injectable()
export class IntegrationSecrets {
  constructor(
    private readonly settings: SettingsStore,
    private readonly box: SecretBox,
  ) {}

  seal(tenantId: TenantId, secrets: JsonObject): string {
    return this.box.seal(tenantId, secrets);
  }

  /** Names of the secrets that are set; none when they were sealed under another master key and so are lost. */
  async namesSet(tenantId: TenantId, id: IntegrationId): Promise<string[]> {
    const sealed = await this.settings.sealedSecrets(tenantId, id);
    if (sealed === null) return [];
    try {
      return Object.keys(this.box.open(tenantId, sealed)).toSorted();
    } catch (error) {
      if (error instanceof ConfigurationError) return [];
      throw error;
    }
  }
}
