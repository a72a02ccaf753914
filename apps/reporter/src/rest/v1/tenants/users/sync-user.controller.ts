import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { DirectoryStore, type Integration, SettingsStore, type User } from '#core';
import { defineEndpoint, Endpoint, type InputOf } from '../../../http/endpoint.js';
import { notFound, ProblemError } from '../../../http/problem.errors.js';
import { syncMode } from '../../words.js';
import { startProblems, SyncStarter } from '../integrations/syncs/sync-starter.js';
import { syncView, toSyncView } from '../syncs/sync-view.js';

const syncUser = defineEndpoint({
  method: 'POST',
  path: '/v1/tenants/{tenant}/users/{user}/sync',
  role: 'admin',
  idempotencyKey: 'optional',
  summary: 'Sync one user from the source that owns them: dry unless asked otherwise',
  description:
    'As a sync of their integration with `person`, named by the link to the source. The sync says what came of it; nobody else is touched.',
  body: z.strictObject({ mode: syncMode.default('dry') }),
  status: 202,
  response: syncView,
  problems: [...startProblems, 'noOwner', 'noSourceId'],
});

@Controller()
export class SyncUserController {
  constructor(
    private readonly directory: DirectoryStore,
    private readonly settings: SettingsStore,
    private readonly starter: SyncStarter,
  ) {}

  @Endpoint(syncUser)
  async start({ tenant, params, body, caller, repeatSeed }: InputOf<typeof syncUser>) {
    const queued = await this.starter.queuedBefore(tenant, repeatSeed);
    if (queued !== null) return toSyncView(queued);
    const user = await this.directory.user(tenant.id, params.user);
    if (user === null) throw notFound();
    const integration = user.owner === null ? null : await this.settings.integration(tenant.id, user.owner);
    if (integration === null) {
      throw new ProblemError('noOwner', 'No source leads this user. Start a sync of the integration that should.');
    }
    const asked = { ...body, person: await this.sourceIdOf(user, integration) };
    return toSyncView(await this.starter.start({ tenant, integration, asked, caller, repeatSeed }));
  }

  /** The source's own id of the user, by which a connector fetches them. */
  private async sourceIdOf({ tenantId, id }: User, integration: Integration): Promise<string> {
    const links = (await this.directory.linksOfUsers(tenantId, [id])).get(id) ?? [];
    const own = links.filter(({ integrationId }) => integrationId === integration.id);
    const link = own.find(({ presence }) => presence === 'present') ?? own[0];
    if (link === undefined) {
      const detail = `Nothing links this user to ${integration.name} any more. If it has them again, they come with its next sync.`;
      throw new ProblemError('noSourceId', detail);
    }
    const version = integration.activeMappingVersion;
    const mapping = version === null ? null : await this.settings.mapping(tenantId, integration.id, version);
    const identity = mapping?.definition.identity ?? 'connector';
    if (identity === 'connector') return link.sourceId;
    const detail = `The mapping of ${integration.name} tells people apart by ${identity}, so that Muster does not know this user by the source’s own id. Name it: start a sync of the integration with person.`;
    throw new ProblemError('noSourceId', detail);
  }
}
