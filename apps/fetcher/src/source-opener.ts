import { Injectable } from '@nestjs/common';
import {
  type ConnectorContext,
  type ConnectorDefinition,
  ConnectorRegistry,
  Dialler,
  HttpClient,
} from '#connector-sdk';
import { ConnectorStateStore, type FetchStatistics, type IntegrationId, type SyncFailure, type TenantId } from '#core';
import { Logger } from '#telemetry';
import { SourceSettings } from './source-settings.js';

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

/** Checks an integration's settings and secrets against its connector, and gives it what leads to the source. */
@Injectable()
export class SourceOpener {
  constructor(
    private readonly settings: SourceSettings,
    private readonly connectorState: ConnectorStateStore,
    private readonly connectors: ConnectorRegistry,
    private readonly dialler: Dialler,
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
    const integration = await this.settings.integration(tenantId, integrationId);
    if (integration === null) return refused(`The integration ${integrationId} does not exist any more.`);
    const id = connectorId ?? integration.connectorId;
    const connector = this.connectors.get(id);
    if (connector === undefined) return refused(`This installation has no connector ${id}.`);

    const opened = await this.settings.secrets(tenantId, integrationId);
    if ('failure' in opened) return opened;
    const config = connector.config.safeParse(integration.config);
    const secrets = connector.secrets.safeParse(opened.secrets);
    if (!config.success || !secrets.success) {
      const wrong = [
        ...(config.error?.issues ?? []).map(({ path }) => ['config', ...path].join('.')),
        ...(secrets.error?.issues ?? []).map(({ path }) => ['secrets', ...path].join('.')),
      ];
      return refused(`The connector ${id} does not accept these settings: ${wrong.join(', ')}. Correct them.`);
    }

    const { dialler } = this;
    const http = new HttpClient({ dialler, signal });
    const context: ConnectorContext = {
      config: config.data,
      secrets: secrets.data,
      ownSecrets: this.settings.ownSecrets(tenantId, integrationId),
      state: (await this.connectorState.read(tenantId, integrationId))?.state ?? null,
      http,
      dialler,
      ...(connector.capabilities.push === true ? { pushed: this.settings.pushed(tenantId, integrationId) } : {}),
      signal,
      progress: () => undefined,
      log: ({ code, message, fields }) =>
        this.logger.info('A connector reports.', { ...fields, integrationId, connectorId: id, code, said: message }),
    };
    return { source: new Source(connector, context, http) };
  }
}

function refused(message: string): { failure: SyncFailure } {
  return { failure: { code: 'sourceConfiguration', message, recovery: 'configuration' } };
}
