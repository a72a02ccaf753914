import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { type EditCommand, SettingsStore, type Tenant, type UserId } from '#core';
import { Audit } from '../../../access/audit.js';
import { Answer } from '../../../http/answer.js';
import type { Caller } from '../../../http/caller.js';
import { defineEndpoint, Endpoint, type InputOf } from '../../../http/endpoint.js';
import { userRole } from '../../words.js';
import { attributeValue } from '../outcomes/outcome-view.js';
import { checkAttributeChanges } from './attribute-changes.js';
import { UserEditor } from './user-editor.js';
import { toUserView, userView } from './user-view.js';

const editResult = z.object({
  syncId: z.string().describe('The sync that carries the change.'),
  ended: z.boolean().describe('False: it takes longer; look at the sync.'),
  user: userView.describe('As the change left them; while it has not ended, as they were.'),
});
const problems = ['noOwner', 'editRefused'] as const;
const alsoStatus = [202];

const editUser = defineEndpoint({
  method: 'PATCH',
  path: '/v1/tenants/{tenant}/users/{user}',
  role: 'admin',
  summary: 'Change a user by hand',
  description: 'A sync of its own. The next sync that maps an attribute overwrites a value set by hand.',
  ifMatch: 'optional',
  body: z
    .strictObject({
      attributes: z.record(z.string(), attributeValue).default({}).describe('Only what is to change; null clears.'),
      role: userRole.optional(),
    })
    .superRefine((body, context) => {
      if (body.role !== undefined || Object.keys(body.attributes).length > 0) return;
      const message = 'Give at least one attribute, or a role.';
      context.addIssue({ code: 'custom', path: ['attributes'], message, params: { code: 'required' } });
    }),
  response: editResult,
  alsoStatus,
  problems,
});

const deprovisionUser = defineEndpoint({
  method: 'POST',
  path: '/v1/tenants/{tenant}/users/{user}/deprovision',
  role: 'admin',
  idempotencyKey: 'optional',
  summary: 'End a user’s access by hand; data is kept until the tenant’s delay is over',
  ifMatch: 'optional',
  response: editResult,
  alsoStatus,
  problems,
});

const reactivateUser = defineEndpoint({
  method: 'POST',
  path: '/v1/tenants/{tenant}/users/{user}/reactivate',
  role: 'admin',
  idempotencyKey: 'optional',
  summary: 'Give a user their access back by hand',
  ifMatch: 'optional',
  response: editResult,
  alsoStatus,
  problems,
});

@Controller()
export class EditUserController {
  constructor(
    private readonly editor: UserEditor,
    private readonly settings: SettingsStore,
    private readonly audit: Audit,
  ) {}

  @Endpoint(editUser)
  async change({ tenant, params, body, caller, ifMatch }: InputOf<typeof editUser>) {
    const definitions = await this.settings.attributes(tenant.id);
    const attributes = checkAttributeChanges(body.attributes, definitions);
    const { role } = body;
    const edit = { kind: 'change', userId: params.user, attributes, ...(role === undefined ? {} : { role }) } as const;
    return this.carryOut(tenant, params.user, edit, caller, ifMatch);
  }

  @Endpoint(deprovisionUser)
  async deprovision({ tenant, params, caller, ifMatch }: InputOf<typeof deprovisionUser>) {
    return this.carryOut(tenant, params.user, { kind: 'deprovision', userId: params.user }, caller, ifMatch);
  }

  @Endpoint(reactivateUser)
  async reactivate({ tenant, params, caller, ifMatch }: InputOf<typeof reactivateUser>) {
    return this.carryOut(tenant, params.user, { kind: 'reactivate', userId: params.user }, caller, ifMatch);
  }

  private async carryOut(tenant: Tenant, id: UserId, edit: EditCommand, caller: Caller, ifMatch: number | null) {
    const user = await this.editor.user(tenant, id, ifMatch);
    const seen = ifMatch === null ? edit : { ...edit, seenVersion: ifMatch };
    const result = await this.editor.edit(tenant, user, seen, caller);
    await this.audit.note(caller, tenant.id, `user.${edit.kind}`, id, result.syncId);
    const body = { syncId: result.syncId, ended: result.ended, user: toUserView(result.user) };
    return new Answer(body, { status: result.ended ? 200 : 202 });
  }
}
