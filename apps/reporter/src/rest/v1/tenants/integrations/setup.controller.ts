import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { MusterConfig } from '#config';
import { ConnectorRegistry, type InboxAddress } from '#connector-sdk';
import { type Integration, SettingsStore } from '#core';
import { accountName, hostKeyFingerprint } from '#sftp-inbox';
import { defineEndpoint, Endpoint, type InputOf } from '../../../http/endpoint.js';
import { notFound } from '../../../http/problem.errors.js';
import { installedConnector } from './installed-connector.js';
import { IntegrationSecrets } from './integration-secrets.js';
import { publicKeysOf } from './key-pairs/public-keys-of.js';

const getSetup = defineEndpoint({
  method: 'GET',
  path: '/v1/tenants/{tenant}/integrations/{integration}/setup',
  role: 'viewer',
  summary: 'What whoever runs the source has to do there, with the values to copy; no secrets',
  response: z.object({
    integrationId: z.string(),
    connectorId: z.string().describe('The kind of source.'),
    outboundAddresses: z
      .array(z.string())
      .describe(
        'Addresses and ranges from which Muster connects to sources; empty when its operator has not set them.',
      ),
    steps: z
      .array(
        z.object({
          title: z.string(),
          text: z.string().describe('What to do.'),
          values: z
            .array(z.object({ label: z.string(), value: z.string().describe('To be copied as it is.') }))
            .describe('What to enter there.'),
        }),
      )
      .describe('In order; empty when nothing is to be done.'),
  }),
  problems: ['connectorMissing'],
});

@Controller()
export class SetupController {
  constructor(
    private readonly settings: SettingsStore,
    private readonly connectors: ConnectorRegistry,
    private readonly config: MusterConfig,
    private readonly secrets: IntegrationSecrets,
  ) {}

  @Endpoint(getSetup)
  async read({ tenant, params }: InputOf<typeof getSetup>) {
    const integration = await this.settings.integration(tenant.id, params.integration);
    if (integration === null) throw notFound();
    const { id, connectorId } = integration;
    const connector = installedConnector(this.connectors, integration);
    const config = connector.config.parse(integration.config);
    const inbox = connector.inbox === undefined ? null : await this.inboxOf(integration);
    const publicKeys = await publicKeysOf(connector, (await this.secrets.open(tenant.id, id)).secrets);
    const { publicUrl, outboundAddresses } = this.config;
    const target = {
      tenantId: tenant.id,
      integrationId: id,
      config,
      publicUrl,
      outboundAddresses,
      inbox,
      publicKeys,
    };
    const steps = connector.setup?.(target) ?? [];
    return {
      integrationId: id,
      connectorId,
      outboundAddresses: [...outboundAddresses],
      steps: steps.map(({ title, text, values = [] }) => ({ title, text, values: [...values] })),
    };
  }

  private async inboxOf({ tenantId, id }: Integration): Promise<InboxAddress | null> {
    const { sftp } = this.config;
    if (sftp === null) return null;
    const { publicHost: host, publicPort: port } = sftp;
    const user = accountName({ tenantId, integrationId: id });
    return { host, port, user, fingerprint: await hostKeyFingerprint(sftp) };
  }
}
