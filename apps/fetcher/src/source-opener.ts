import { Injectable } from '@nestjs/common';
import { type ConnectorContext, type ConnectorDefinition, ConnectorRegistry, HttpClient } from '#connector-sdk';
import {
  ConfigurationError,
  ConnectorStateStore,
  type FetchStatistics,
  type IntegrationId,
  type JsonObject,
  SecretBox,
  SettingsStore,
  type SyncFailure,
  type TenantId,
} from '#core';
import { Logger } from '#telemetry';

/** An integration's connector with all that its calls are given. Close it after use. */
export class Source {
  constructor(
    readonly connector: ConnectorDefinition,
    readonly context: ConnectorContext,
    private readonly http: HttpClient,
  ) {}

  statistics(startedAt: string): FetchStatistics {
    const { requests, retries, byStatus } = this.http.stats;
    return { requests, retries, byStatus: { ...byStatus }, startedAt };
  }

  async close(): Promise<void> {
    await this.http.close();
  }
}

/** `failure`: what stands in the way of calling the source at all. */
export type OpenedSource = { source: Source } | { failure: SyncFailure };

/** Reads an integration's settings and secrets and checks them against its connector. */
@Injectable()
export class SourceOpener {
  constructor(
    private readonly settings: SettingsStore,
    private readonly connectorState: ConnectorStateStore,
    private readonly secrets: SecretBox,
    private readonly connectors: ConnectorRegistry,
    private readonly logger: Logger,
  ) {}

  /** `connectorId`: as the sync froze it; default: as the integration has it now. Aborting the signal ends every call. */
  async open(
    {
      tenantId,
      integrationId,
      connectorId,
    }: { tenantId: TenantId; integrationId: IntegrationId; connectorId?: string },
    signal: AbortSignal,
  ): Promise<OpenedSource> {
    const settings = await this.settings.integration(tenantId, integrationId);
    if (settings === null) return refused(`The integration ${integrationId} does not exist any more.`);
    const id = connectorId ?? settings.connectorId;
    const connector = this.connectors.get(id);
    if (connector === undefined) return refused(`This installation has no connector ${id}.`);

    const opened = await this.openSecrets(tenantId, integrationId);
    if ('failure' in opened) return opened;
    const config = connector.config.safeParse(settings.config);
    const secrets = connector.secrets.safeParse(opened.secrets);
    if (!config.success || !secrets.success) {
      const wrong = [
        ...(config.error?.issues ?? []).map(({ path }) => ['config', ...path].join('.')),
        ...(secrets.error?.issues ?? []).map(({ path }) => ['secrets', ...path].join('.')),
      ];
      return refused(`The connector ${id} does not accept these settings: ${wrong.join(', ')}. Correct them.`);
    }

    const http = new HttpClient({ signal });
    const context: ConnectorContext = {
      config: config.data,
      secrets: secrets.data,
      state: (await this.connectorState.read(tenantId, integrationId))?.state ?? null,
      http,
      signal,
      progress: () => undefined,
      log: ({ code, message, fields }) =>
        this.logger.info('A connector reports.', { ...fields, integrationId, connectorId: id, code, said: message }),
    };
    return { source: new Source(connector, context, http) };
  }

  private async openSecrets(
    tenantId: TenantId,
    integrationId: IntegrationId,
  ): Promise<{ secrets: JsonObject } | { failure: SyncFailure }> {
    const sealed = await this.settings.sealedSecrets(tenantId, integrationId);
    if (sealed === null) return { secrets: {} };
    try {
      return { secrets: this.secrets.open(tenantId, sealed) };
    } catch (error) {
      if (error instanceof ConfigurationError) {
        const { code, message } = error;
        return { failure: { code, message, recovery: 'configuration' } };
      }
      throw error;
    }
  }
}

function refused(message: string): { failure: SyncFailure } {
  return { failure: { code: 'sourceConfiguration', message, recovery: 'configuration' } };
}
