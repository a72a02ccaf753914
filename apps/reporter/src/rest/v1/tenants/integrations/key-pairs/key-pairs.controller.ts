import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { type ConnectorDefinition, ConnectorRegistry, KEY_PAIR_KINDS, KEY_USES, type KeyPairs } from '#connector-sdk';
import { type IntegrationId, type JsonObject, SettingsStore, type TenantId } from '#core';
import { Audit } from '../../../../access/audit.js';
import type { Caller } from '../../../../http/caller.js';
import { defineEndpoint, Endpoint, type InputOf } from '../../../../http/endpoint.js';
import { notFound, ProblemError } from '../../../../http/problem.errors.js';
import { requireConnectionRights } from '../connection-rules.js';
import { checkConnectorSettings } from '../connector-settings.js';
import { installedConnector } from '../installed-connector.js';
import { IntegrationSecrets } from '../integration-secrets.js';
import { publicKeysOf } from './public-keys-of.js';

const kind = z.enum(KEY_PAIR_KINDS).describe('`ssh` logs in at a server; `pgp` decrypts files.');

const keyView = z
  .object({
    secret: z.string().describe('The name of the secret that is its private key.'),
    kind,
    use: z
      .enum(KEY_USES)
      .describe(
        '`current`; `next`: tried first, and in the place of the current one once the server has accepted it; `previous`: still taken besides the current one.',
      ),
    publicKey: z.string().describe('For the other side: a line of `authorized_keys`, or an armored OpenPGP key.'),
    fingerprint: z.string().describe('As `ssh-keygen -l` or `gpg` shows it.'),
  })
  .meta({ id: 'PublicKey' });

const keyList = z.object({ items: z.array(keyView).describe('At most two of a kind.') });

const listKeyPairs = defineEndpoint({
  method: 'GET',
  path: '/v1/tenants/{tenant}/integrations/{integration}/key-pairs',
  role: 'viewer',
  summary: 'The public keys of the key pairs by which this integration logs in and decrypts',
  response: keyList,
  problems: ['connectorMissing'],
});

const makeKeyPair = defineEndpoint({
  method: 'POST',
  path: '/v1/tenants/{tenant}/integrations/{integration}/key-pairs',
  role: 'admin',
  idempotencyKey: 'optional',
  summary: 'Have Muster make a key pair, whose private key nobody sees',
  description:
    'The pair that there was goes on working. The one of `ssh` before it is tried second until the server has accepted the new one; the one of `pgp` before it stays until it is dropped. `setup` shows the public key, too.',
  body: z.strictObject({ kind }),
  status: 201,
  response: keyList,
  problems: ['connectorMissing', 'noKeyPairs', 'tooManyKeyPairs'],
});

const dropKeyPair = defineEndpoint({
  method: 'DELETE',
  path: '/v1/tenants/{tenant}/integrations/{integration}/key-pairs/{secret}',
  role: 'admin',
  summary: 'Drop a key pair; without the current one, the other takes its place',
  status: 204,
  problems: ['connectorMissing', 'noKeyPairs'],
});

type Changes = (pairs: KeyPairs, secrets: Record<string, unknown>) => Promise<JsonObject>;

@Controller()
export class KeyPairsController {
  constructor(
    private readonly settings: SettingsStore,
    private readonly connectors: ConnectorRegistry,
    private readonly secrets: IntegrationSecrets,
    private readonly audit: Audit,
  ) {}

  @Endpoint(listKeyPairs)
  async list({ tenant, params }: InputOf<typeof listKeyPairs>) {
    const { id, connector } = await this.find(tenant.id, params.integration);
    return { items: [...(await publicKeysOf(connector, (await this.secrets.open(tenant.id, id)).secrets))] };
  }

  @Endpoint(makeKeyPair)
  async make({ tenant, params, body, caller }: InputOf<typeof makeKeyPair>) {
    const { id, connector, secrets } = await this.change(
      tenant.id,
      params.integration,
      caller,
      async (pairs, present) => {
        if (!pairs.kinds.includes(body.kind)) throw noKeyPairs();
        const made = await pairs.make(body.kind, present);
        if (made !== null) return made as JsonObject;
        throw new ProblemError('tooManyKeyPairs', 'There are two already. Drop the one that nobody uses any more.');
      },
    );
    await this.audit.note(caller, tenant.id, 'keyPair.make', id, body.kind);
    return { items: [...(await publicKeysOf(connector, secrets))] };
  }

  @Endpoint(dropKeyPair)
  async drop({ tenant, params, caller }: InputOf<typeof dropKeyPair>) {
    const { id } = await this.change(tenant.id, params.integration, caller, async (pairs, present) => {
      const left = pairs.drop(params.secret, present);
      if (left === null) throw notFound();
      return left as JsonObject;
    });
    await this.audit.note(caller, tenant.id, 'keyPair.drop', id, params.secret);
    return undefined;
  }

  /** Changes the secrets and nothing else; made anew when others are stored by the time it is done. */
  private async change(
    tenantId: TenantId,
    integrationId: IntegrationId,
    caller: Caller,
    to: Changes,
  ): Promise<{ id: IntegrationId; connector: ConnectorDefinition; secrets: JsonObject }> {
    const { id, integration, connector } = await this.find(tenantId, integrationId);
    const { keyPairs } = connector;
    if (keyPairs === undefined) throw noKeyPairs();
    requireConnectionRights(caller, connector, { present: integration, body: { secrets: {} } });
    for (;;) {
      const { secrets: present, from } = await this.secrets.open(tenantId, id);
      const known = checkConnectorSettings(connector, { config: undefined, secrets: present }).secrets ?? {};
      const changed = await to(keyPairs, known);
      const { secrets = {} } = checkConnectorSettings(connector, { config: undefined, secrets: changed });
      if (await this.secrets.replace(tenantId, id, secrets, from)) return { id, connector, secrets };
    }
  }

  private async find(tenantId: TenantId, id: IntegrationId) {
    const integration = await this.settings.integration(tenantId, id);
    if (integration === null) throw notFound();
    return { id: integration.id, integration, connector: installedConnector(this.connectors, integration) };
  }
}

function noKeyPairs(): ProblemError {
  return new ProblemError('noKeyPairs', 'Muster makes no key pair of this kind for this connector.');
}
