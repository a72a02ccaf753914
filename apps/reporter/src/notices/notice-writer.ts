import { Injectable } from '@nestjs/common';
import { MusterConfig } from '#config';
import {
  Clock,
  type Integration,
  type IntegrationId,
  type IntegrationRequestId,
  IntegrationRequestStore,
  newId,
  type NoticeDraft,
  type NoticeEvent,
  NoticeStore,
  OutcomeStore,
  SettingsStore,
  SettlementStore,
  SyncStore,
  type SyncId,
  type Tenant,
  WebhookStore,
} from '#core';
import { requestNotice } from './request-notice.js';
import { SmtpMailer } from './smtp-mailer.js';
import { syncNotice } from './sync-notice.js';
import type { WordedNotice } from './worded-notice.js';

/** The same recipient is told of the same kind of thing of the same integration no more often. */
const apartMs = 60 * 60 * 1000;

/** What is read to word a notice. */
@Injectable()
export class NoticeFacts {
  constructor(
    readonly settings: SettingsStore,
    readonly syncs: SyncStore,
    readonly outcomes: OutcomeStore,
    readonly settlements: SettlementStore,
    readonly requests: IntegrationRequestStore,
  ) {}
}

/** What notices are written with, and to. */
@Injectable()
export class NoticeRecipients {
  constructor(
    readonly webhooks: WebhookStore,
    readonly mailer: SmtpMailer,
  ) {}
}

/** Makes the notices of an event: one for each contact and webhook that it concerns, or none. */
@Injectable()
export class NoticeWriter {
  constructor(
    private readonly notices: NoticeStore,
    private readonly facts: NoticeFacts,
    private readonly recipients: NoticeRecipients,
    private readonly config: MusterConfig,
    private readonly clock: Clock,
  ) {}

  async write(event: NoticeEvent): Promise<void> {
    await this.notices.record(event, await this.drafts(event), apartMs);
  }

  private async drafts(event: NoticeEvent): Promise<NoticeDraft[]> {
    const { settings, requests, syncs } = this.facts;
    const tenant = await settings.tenant(event.tenantId);
    if (tenant === null) return [];
    if (event.kind === 'request') {
      const request = await requests.request(tenant.id, event.subjectId as IntegrationRequestId);
      if (request === null) return [];
      const integration = await this.integration(tenant, request.integrationId);
      if (integration === null) return [];
      const worded = requestNotice(request, { event: event.state, name: integration.name });
      return this.addressed(event, { tenant, integration, worded });
    }
    const sync = await syncs.sync(tenant.id, event.subjectId as SyncId);
    if (sync?.state !== event.state) return [];
    const integration = await this.integration(tenant, sync.integrationId);
    if (integration === null) return [];
    const totals = await this.facts.outcomes.totals(tenant.id, sync.id);
    const header = await this.facts.settlements.header(tenant.id, sync.id);
    const worded = syncNotice(sync, { name: integration.name, totals, verdicts: header?.verdicts ?? [] });
    return worded === null ? [] : this.addressed(event, { tenant, integration, worded });
  }

  private async integration(tenant: Tenant, id: IntegrationId | null): Promise<Integration | null> {
    return id === null ? null : this.facts.settings.integration(tenant.id, id);
  }

  private async addressed(
    { kind: subject, subjectId, at }: NoticeEvent,
    { tenant, integration, worded }: { tenant: Tenant; integration: Integration; worded: WordedNotice },
  ): Promise<NoticeDraft[]> {
    const { kind, title, lines, data } = worded;
    const { publicUrl } = this.config;
    const link =
      publicUrl === null
        ? null
        : `${publicUrl}/v1/tenants/${tenant.id}/${subject === 'sync' ? 'syncs' : 'integration-requests'}/${subjectId}`;
    const common = {
      tenantId: tenant.id,
      kind,
      integrationId: integration.id,
      subjectId,
      title: `[${tenant.name}] ${title}`,
      text: [...lines, ...(link === null ? [] : [link])].join('\n\n'),
      data: {
        ...data,
        tenant: { id: tenant.id, name: tenant.name },
        integration: { id: integration.id, name: integration.name },
        link,
      },
      happenedAt: at,
      createdAt: this.clock.now(),
    };
    const { mailer, webhooks } = this.recipients;
    const addresses = mailer.isOn ? addressesOf(integration.contacts, tenant.contacts) : [];
    const hooks = (await webhooks.webhooks(tenant.id)).filter(
      ({ integrationId }) => integrationId === null || integrationId === integration.id,
    );
    return [
      ...addresses.map((target) => ({ ...common, channel: 'email' as const, target })),
      ...hooks.map(({ id: target }) => ({ ...common, channel: 'webhook' as const, target })),
    ].map((draft) => ({ id: newId('notice'), ...draft }));
  }
}

/** Each once, whatever its case. */
function addressesOf(...lists: readonly (readonly string[])[]): string[] {
  return [...new Map(lists.flat().map((address) => [address.toLowerCase(), address])).values()];
}
