import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { DirectoryStore, type IntegrationId, type UserId, type UserListFilter, userStatuses } from '#core';
import { Answer, entityTag } from '../../../http/answer.js';
import { defineEndpoint, Endpoint, type InputOf } from '../../../http/endpoint.js';
import { line } from '../../../http/fields.js';
import { decodeCursor, pageOf, pageQuery, toPage } from '../../../http/page.js';
import { notFound } from '../../../http/problem.errors.js';
import { toUserDetail, toUserView, userDetail, userView } from './user-view.js';

const listUsers = defineEndpoint({
  method: 'GET',
  path: '/v1/tenants/{tenant}/users',
  role: 'viewer',
  summary: 'The user directory',
  query: z.strictObject({
    status: z.enum(userStatuses).optional(),
    q: line(200).optional().describe('Part of a name or e-mail.'),
    integration: z.string().max(100).optional().describe('Users that this integration owns.'),
    ...pageQuery,
  }),
  response: pageOf(userView),
});

const getUser = defineEndpoint({
  method: 'GET',
  path: '/v1/tenants/{tenant}/users/{user}',
  role: 'viewer',
  summary: 'One user, and the sources that know them',
  response: userDetail,
});

@Controller()
export class UsersController {
  constructor(private readonly directory: DirectoryStore) {}

  @Endpoint(listUsers)
  async list({ tenant, query: { limit, cursor, status, q, integration } }: InputOf<typeof listUsers>) {
    const filter: UserListFilter = {
      ...(status === undefined ? {} : { status }),
      ...(q === undefined ? {} : { q }),
      ...(integration === undefined ? {} : { integrationId: integration as IntegrationId }),
    };
    const users = await this.directory.listUsers(tenant.id, filter, decodeCursor(cursor) as UserId | null, limit + 1);
    return toPage(users, limit, ({ id }) => id, toUserView);
  }

  @Endpoint(getUser)
  async read({ tenant, params }: InputOf<typeof getUser>) {
    const user = await this.directory.user(tenant.id, params.user);
    if (user === null) throw notFound();
    const links = await this.directory.linksOfUsers(tenant.id, [user.id]);
    return new Answer(toUserDetail(user, links.get(user.id) ?? []), { headers: { etag: entityTag(user.version) } });
  }
}
