import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { DirectoryStore } from '#core';
import { Answer, entityTag } from '../../../http/answer.js';
import { defineEndpoint, Endpoint, type InputOf } from '../../../http/endpoint.js';
import { pageOf, pageQuery } from '../../../http/page.js';
import { notFound } from '../../../http/problem.errors.js';
import { UserFinder } from './user-finder.js';
import { UserHistory } from './user-history.js';
import { sortParameter, UserQueries, whichUsers } from './user-query.js';
import { toUserDetail, toUserView, userDetail, userView } from './user-view.js';

const listUsers = defineEndpoint({
  method: 'GET',
  path: '/v1/tenants/{tenant}/users',
  role: 'viewer',
  summary: 'The user directory',
  description:
    'With a filter, a page looks at 20,000 users at most: it may hold fewer than `limit`, even none, while `nextCursor` leads on. The list has ended where `nextCursor` is null.',
  query: z.strictObject({ ...whichUsers, sort: sortParameter, ...pageQuery }),
  response: pageOf(userView),
});

const getUser = defineEndpoint({
  method: 'GET',
  path: '/v1/tenants/{tenant}/users/{user}',
  role: 'viewer',
  summary: 'One user, the sources that know them, and what set each of their values',
  etag: true,
  response: userDetail,
});

@Controller()
export class UsersController {
  constructor(
    private readonly directory: DirectoryStore,
    private readonly queries: UserQueries,
    private readonly finder: UserFinder,
    private readonly history: UserHistory,
  ) {}

  @Endpoint(listUsers)
  async list({ tenant, query: { limit, cursor, sort, ...which } }: InputOf<typeof listUsers>) {
    const query = await this.queries.read(tenant, which, sort);
    const { users, nextCursor } = await this.finder.page(tenant.id, query, cursor, limit);
    return { items: users.map(toUserView), nextCursor };
  }

  @Endpoint(getUser)
  async read({ tenant, params }: InputOf<typeof getUser>) {
    const user = await this.directory.user(tenant.id, params.user);
    if (user === null) throw notFound();
    const [links, provenance] = await Promise.all([
      this.directory.linksOfUsers(tenant.id, [user.id]),
      this.history.provenance(user),
    ]);
    const detail = toUserDetail(user, links.get(user.id) ?? [], provenance);
    return new Answer(detail, { headers: { etag: entityTag(user.version) } });
  }
}
