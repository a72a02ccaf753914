import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { type IntegrationId, SettingsStore, type Tenant, type UserListFilter, userStatuses } from '#core';
import {
  compileFilter,
  narrowFilter,
  parseFilter,
  parseOrder,
  UserFields,
  type UserOrder,
  type UserPredicate,
} from '#user-filter';
import { line } from '../../../http/fields.js';
import { ProblemError } from '../../../http/problem.errors.js';

/** Which users are meant: to be spread into the query schema of whatever lists, exports or counts them. */
export const whichUsers = {
  filter: line(2000)
    .optional()
    .meta({ openapi: { type: 'string', format: 'scim-filter' } })
    .describe(
      'In SCIM’s grammar (RFC 7644 §3.4.2.2): `department eq "Sales" and not (title co "intern")`. Attributes by name, `custom.<name>` too, and status, role, id, owner, createdAt, updatedAt.',
    ),
  status: z.enum(userStatuses).optional().describe('Of this status only; left out: of all.'),
  q: line(200).optional().describe('Part of a name or e-mail.'),
  integration: z.string().max(100).optional().describe('Users that this integration owns.'),
};

export const sortParameter = z
  .string()
  .regex(/^-?[A-Za-z][A-Za-z0-9_.]{0,99}$/, 'An attribute is expected, with - before it for the opposite order.')
  .optional()
  .describe(
    'An attribute, status, role, owner, createdAt or updatedAt; `-title` for the opposite order. Without it, in order of id, or with `q` in an order that stays, which is fast for any number of users; anything else is refused where more than 50,000 users would have to be looked at.',
  );

export type WhichUsers = z.output<z.ZodObject<typeof whichUsers>>;

/** Which users are meant, and in which order. */
export interface UserQuery {
  /** What the store looks up by itself. */
  narrow: UserListFilter;
  /** What is asked of each user that it gives; null when nothing is. */
  holds: UserPredicate | null;
  /** Null: as the store lists them. */
  order: UserOrder | null;
}

/** Makes questions about users of a request's parameters. */
@Injectable()
export class UserQueries {
  constructor(private readonly settings: SettingsStore) {}

  async fields(tenant: Tenant): Promise<UserFields> {
    return new UserFields(await this.settings.attributes(tenant.id));
  }

  /** @throws ProblemError `unprocessable` that says what is wrong with filter or sort, and where */
  async read(tenant: Tenant, { filter, status, q, integration }: WhichUsers, sort?: string): Promise<UserQuery> {
    const given: UserListFilter = {
      ...(status === undefined ? {} : { status }),
      ...(q === undefined ? {} : { q }),
      ...(integration === undefined ? {} : { integrationId: integration as IntegrationId }),
    };
    if (filter === undefined && sort === undefined) return { narrow: given, holds: null, order: null };
    const fields = await this.fields(tenant);
    const parsed = filter === undefined ? null : readFilter(filter, fields);
    return {
      narrow: { ...(parsed === null ? {} : narrowFilter(parsed)), ...given },
      holds: parsed === null ? null : compileFilter(parsed),
      order: sort === undefined || sort === 'id' ? null : readOrder(sort, fields),
    };
  }
}

function readFilter(text: string, fields: UserFields) {
  const result = parseFilter(text, fields);
  if (result.ok) return result.filter;
  const { position, message } = result.problem;
  throw new ProblemError('unprocessable', `The filter cannot be read at character ${String(position)}. ${message}`, [
    { parameter: 'filter', code: 'invalid', message, position },
  ]);
}

function readOrder(text: string, fields: UserFields): UserOrder {
  const order = parseOrder(text, fields);
  if (order !== null) return order;
  const message = `Users can be sorted by an attribute of one value. Known: ${fields.known}.`;
  throw new ProblemError('unprocessable', message, [{ parameter: 'sort', code: 'invalid', message }]);
}
