import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { type OwnSecrets, SourceRetriableError } from '#connector-sdk';
import {
  Clock,
  type IntegrationId,
  type JsonObject,
  RetriableError,
  SecretBox,
  SettingsStore,
  type TenantId,
} from '#core';
import { errorFields, Logger } from '#telemetry';

/** A renewed secret exists nowhere else: a store that is away is waited for, with a longer pause each time. */
const tries = 12;
const firstPauseMs = 100;
const longestPauseMs = 10_000;

/** Opens integrations' secrets, and stores those that a source has renewed. */
@Injectable()
export class SecretKeeper {
  constructor(
    private readonly settings: SettingsStore,
    private readonly box: SecretBox,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** @throws ConfigurationError when they were sealed under another master key */
  async open(tenantId: TenantId, integrationId: IntegrationId): Promise<JsonObject> {
    const sealed = await this.settings.sealedSecrets(tenantId, integrationId);
    return sealed === null ? {} : this.box.open(tenantId, sealed);
  }

  /** What a connector of this integration may do about its secrets. */
  of(tenantId: TenantId, integrationId: IntegrationId): OwnSecrets {
    return {
      read: async (name) => textOf((await this.open(tenantId, integrationId))[name]),
      replace: async (name, change) => this.replace(tenantId, integrationId, name, change),
    };
  }

  /** Goes on when the sync is cancelled meanwhile: the source has taken the old one back already. */
  private async replace(
    tenantId: TenantId,
    integrationId: IntegrationId,
    name: string,
    change: { from: string; to: string },
  ): Promise<'replaced' | 'changed'> {
    for (let tried = 1, pauseMs = firstPauseMs; ; tried += 1, pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
      try {
        const result = await this.tryReplace(tenantId, integrationId, name, change);
        if (result === 'replaced') await this.note(tenantId, integrationId, name);
        return result;
      } catch (error) {
        if (!(error instanceof RetriableError)) throw error;
        if (tried === tries) throw notKept(name, error);
        this.logger.warn('A secret that its source has renewed is not stored yet.', {
          tenantId,
          integrationId,
          secret: name,
          ...errorFields(error),
        });
        await sleep(pauseMs);
      }
    }
  }

  private async tryReplace(
    tenantId: TenantId,
    integrationId: IntegrationId,
    name: string,
    { from, to }: { from: string; to: string },
  ): Promise<'replaced' | 'changed'> {
    for (;;) {
      const sealed = await this.settings.sealedSecrets(tenantId, integrationId);
      if (sealed === null) return 'changed';
      const secrets = this.box.open(tenantId, sealed);
      // An earlier try whose answer was lost.
      if (secrets[name] === to) return 'replaced';
      if (secrets[name] !== from) return 'changed';
      const renewed = { from: sealed, to: this.box.seal(tenantId, { ...secrets, [name]: to }) };
      // Refused when any secret has changed in between: looked at anew.
      if (await this.settings.replaceSecrets(tenantId, integrationId, renewed)) return 'replaced';
    }
  }

  /** That a secret was renewed can be told later or not at all; that it is stored cannot. */
  private async note(tenantId: TenantId, integrationId: IntegrationId, name: string): Promise<void> {
    const entry = { tenantId, at: this.clock.now(), by: 'source', action: 'integration.renewSecret' };
    try {
      await this.settings.appendAudit({ ...entry, subject: integrationId, detail: name });
    } catch (error) {
      if (!(error instanceof RetriableError)) throw error;
      this.logger.warn('The audit does not tell that a secret was renewed.', { tenantId, ...errorFields(error) });
    }
  }
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function notKept(name: string, cause: unknown): SourceRetriableError {
  return new SourceRetriableError({
    code: 'secretNotStored',
    message: `The source renewed the secret ${name}, and it could not be stored: the store was away for too long. If the next sync is refused, enter a new one.`,
    cause,
  });
}
