import { Injectable } from '@nestjs/common';
import type { OwnSecrets, PushedPeople } from '#connector-sdk';
import {
  ConfigurationError,
  type Integration,
  type IntegrationId,
  type JsonObject,
  SettingsStore,
  type SyncFailure,
  type TenantId,
} from '#core';
import { PushedPeopleReader } from './scim/pushed-people-reader.js';
import { SecretKeeper } from './secret-keeper.js';

/** What somebody has set for an integration, its secrets opened. */
@Injectable()
export class SourceSettings {
  constructor(
    private readonly settings: SettingsStore,
    private readonly keeper: SecretKeeper,
    private readonly pushedPeople: PushedPeopleReader,
  ) {}

  async integration(tenantId: TenantId, integrationId: IntegrationId): Promise<Integration | null> {
    return this.settings.integration(tenantId, integrationId);
  }

  /** Empty when none are set; `failure`: they cannot be opened with this installation's master key. */
  async secrets(
    tenantId: TenantId,
    integrationId: IntegrationId,
  ): Promise<{ secrets: JsonObject } | { failure: SyncFailure }> {
    try {
      return { secrets: await this.keeper.open(tenantId, integrationId) };
    } catch (error) {
      if (error instanceof ConfigurationError) {
        const { code, message } = error;
        return { failure: { code, message, recovery: 'configuration' } };
      }
      throw error;
    }
  }

  /** What its connector may do about them. */
  ownSecrets(tenantId: TenantId, integrationId: IntegrationId): OwnSecrets {
    return this.keeper.of(tenantId, integrationId);
  }

  /** Whom a provider has pushed to it. */
  pushed(tenantId: TenantId, integrationId: IntegrationId): PushedPeople {
    return this.pushedPeople.of({ tenantId, integrationId });
  }
}
