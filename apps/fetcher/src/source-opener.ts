import { Injectable } from '@nestjs/common';
import { type ConnectorCapabilities, ConnectorRegistry, Dialler, type JsonValue } from '#connector-sdk';
import { type ConnectorRun, ConnectorRunner } from '#connector-runner';
import { ConnectorStateStore, type FetchStatistics, type IntegrationId, type SyncFailure, type TenantId } from '#core';
import { Logger } from '#telemetry';
import { InboxServer } from './inbox-server.js';
import type { RunBudget } from './rate-budget/run-budget.js';
import { SourceBudgets } from './rate-budget/source-budgets.js';
import { SourceSettings } from './source-settings.js';

/** A source, and the one call of its connector that is about to be made. Close it after use. */
export class Source {
  constructor(
    readonly connector: { readonly id: string; readonly capabilities: ConnectorCapabilities },
    readonly run: ConnectorRun,
    private readonly closed: () => void = () => {},
    private readonly budget: RunBudget | null = null,
  ) {}

  statistics(startedAt: string): FetchStatistics {
    const waited = this.budget === null ? {} : { budgetWaitedMs: this.budget.waitedMs };
    return { ...this.run.statistics(), ...waited, startedAt };
  }

  /** What holds the call up at this moment is the source's rate budget. */
  get waitsForBudget(): boolean {
    return this.budget?.isWaiting ?? false;
  }

  async close(): Promise<void> {
    try {
      await this.run.close();
    } finally {
      this.closed();
      await this.budget?.close();
    }
  }
}

interface OpenCall {
  readonly integrationId: IntegrationId;
  readonly signal: AbortSignal;
  readonly closed: Promise<void>;
}

/** Whose source it is, and how its connector is called. */
export interface SourceToOpen {
  tenantId: TenantId;
  integrationId: IntegrationId;
  /** As the sync froze it; default: as the integration has it now. */
  connectorId?: string;
  /** Default: what is stored. */
  state?: JsonValue | null;
}

/** `failure`: what stands in the way of calling the source at all. */
export type OpenedSource = { source: Source } | { failure: SyncFailure };

/** By which its connector reaches what it reads. */
@Injectable()
export class SourceWays {
  constructor(
    readonly dialler: Dialler,
    readonly inboxes: InboxServer,
    readonly budgets: SourceBudgets,
  ) {}
}

/** Checks an integration's settings and secrets against its connector, and gives it what leads to the source. */
@Injectable()
export class SourceOpener {
  /** Those that have not been closed: few, as a process makes few at once. */
  private readonly calls = new Set<OpenCall>();

  constructor(
    private readonly settings: SourceSettings,
    private readonly connectorState: ConnectorStateStore,
    private readonly connectors: ConnectorRegistry,
    private readonly runner: ConnectorRunner,
    private readonly ways: SourceWays,
    private readonly logger: Logger,
  ) {}

  /** Aborting the signal ends the call. */
  async open(
    { tenantId, integrationId, connectorId, state }: SourceToOpen,
    signal: AbortSignal,
  ): Promise<OpenedSource> {
    const integration = await this.settings.integration(tenantId, integrationId);
    if (integration === null) return refused(`The integration ${integrationId} does not exist any more.`);
    const id = connectorId ?? integration.connectorId;
    const connector = this.connectors.get(id);
    if (connector === undefined) return refused(`This installation has no connector ${id}.`);

    await this.endedOf(integrationId);
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

    const inbox = connector.inbox === undefined ? null : this.ways.inboxes.of({ tenantId, integrationId });
    const remembered =
      state === undefined ? ((await this.connectorState.read(tenantId, integrationId))?.state ?? null) : state;
    const budget = this.ways.budgets.begin({ tenantId, integrationId }, id);
    const run = this.runner.open({
      connector,
      moduleUrl: this.connectors.moduleUrl(id),
      config: config.data,
      secrets: secrets.data,
      ownSecrets: this.settings.ownSecrets(tenantId, integrationId),
      state: remembered,
      dialler: this.ways.dialler,
      ...(connector.capabilities.push === true ? { pushed: this.settings.pushed(tenantId, integrationId) } : {}),
      ...(inbox === null ? {} : { inbox }),
      ...(budget === null ? {} : { budget }),
      signal,
      log: ({ code, message, fields }) =>
        this.logger.info('A connector reports.', { ...fields, integrationId, connectorId: id, code, said: message }),
    });
    return { source: new Source(connector, run, this.note(integrationId, signal), budget) };
  }

  /** A cancelled call may still be renewing a secret, which then is another: the next one waits for it. */
  private async endedOf(integrationId: IntegrationId): Promise<void> {
    const ending = [...this.calls].filter((call) => call.integrationId === integrationId && call.signal.aborted);
    await Promise.all(ending.map(({ closed }) => closed));
  }

  /** Gives what is to be called when the call has been closed. */
  private note(integrationId: IntegrationId, signal: AbortSignal): () => void {
    const { promise: closed, resolve } = Promise.withResolvers<void>();
    const call: OpenCall = { integrationId, signal, closed };
    this.calls.add(call);
    return () => {
      this.calls.delete(call);
      resolve();
    };
  }
}

function refused(message: string): { failure: SyncFailure } {
  return { failure: { code: 'sourceConfiguration', message, recovery: 'configuration' } };
}
