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

  /** What is set with these changes, null taking one away; `from`: what they were applied to, as it is stored. */
  async changed(
    tenantId: TenantId,
    id: IntegrationId,
    changes: JsonObject,
  ): Promise<{ secrets: JsonObject; from: string }> {
    const from = (await this.settings.sealedSecrets(tenantId, id)) ?? '';
    const all = Object.entries({ ...this.opened(tenantId, from), ...changes });
    return { secrets: Object.fromEntries(all.filter(([, value]) => value !== null)), from };
  }

  /** Names of the secrets that are set. */
  async namesSet(tenantId: TenantId, id: IntegrationId): Promise<string[]> {
    return Object.keys(this.opened(tenantId, await this.settings.sealedSecrets(tenantId, id))).toSorted();
  }

  /** All of them; `from`: as they are stored. */
  async open(tenantId: TenantId, id: IntegrationId): Promise<{ secrets: JsonObject; from: string }> {
    return this.changed(tenantId, id, {});
  }

  /** Stores them in the place of what they were made from; false, and nothing is done, when others are stored by now. */
  async replace(tenantId: TenantId, id: IntegrationId, secrets: JsonObject, from: string): Promise<boolean> {
    return this.settings.replaceSecrets(tenantId, id, { from, to: this.seal(tenantId, secrets) });
  }

  /** None when they were sealed under another master key and so are lost. */
  private opened(tenantId: TenantId, sealed: string | null): JsonObject {
    if (sealed === null) return {};
    try {
      return this.box.open(tenantId, sealed);
    } catch (error) {
      if (error instanceof ConfigurationError) return {};
      throw error;
    }
  }
}
