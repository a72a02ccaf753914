import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { defineEndpoint, Endpoint, type InputOf } from '../../../http/endpoint.js';
import { ProblemError } from '../../../http/problem.errors.js';
import { UserFinder } from '../users/user-finder.js';
import { UserQueries, whichUsers } from '../users/user-query.js';
import { ValueCounter } from './count-values.js';

const topAtMost = 200;

const reportUsers = defineEndpoint({
  method: 'GET',
  path: '/v1/tenants/{tenant}/reports/users',
  role: 'viewer',
  summary: 'How many users have each value of an attribute',
  description:
    'Counted over all users that are meant, which takes some seconds for a million of them. Who has several values counts for each. Without `status` or a filter, people who were anonymised are counted too: as blank, except by status.',
  query: z.strictObject({
    groupBy: z
      .string()
      .min(1)
      .max(100)
      .regex(/^[A-Za-z][A-Za-z0-9_.]*$/, 'An attribute is expected.')
      .describe('An attribute, `custom.<name>` too, or status, role, owner, createdAt, updatedAt (by day, UTC).'),
    top: z
      .string()
      .regex(/^[1-9][0-9]{0,2}$/, `A whole number from 1 to ${String(topAtMost)} is expected.`)
      .transform(Number)
      .refine((top) => top <= topAtMost, `A whole number from 1 to ${String(topAtMost)} is expected.`)
      .default(20)
      .meta({
        description: 'How many values to give, those of most users first.',
        openapi: { type: 'integer', minimum: 1, maximum: topAtMost, default: 20 },
      }),
    ...whichUsers,
  }),
  response: z
    .object({
      groupBy: z.string().describe('The attribute.'),
      groups: z
        .array(
          z.object({
            value: z.union([z.string(), z.number(), z.boolean()]),
            users: z.int().describe('Users who have it.'),
          }),
        )
        .describe('The values that most users have, those first.'),
      rest: z
        .object({
          values: z.int().describe('How many more values there are.'),
          users: z.int().describe('Users who have one of them; who has several counts for each.'),
        })
        .describe('Values that are not in `groups`.'),
      blank: z.int().describe('Users without a value.'),
      total: z.int().describe('Users who were counted.'),
    })
    .meta({ id: 'UserReport' }),
});

@Controller()
export class ReportsController {
  constructor(
    private readonly queries: UserQueries,
    private readonly finder: UserFinder,
  ) {}

  @Endpoint(reportUsers)
  async users({ tenant, query: { groupBy, top, ...which } }: InputOf<typeof reportUsers>) {
    const fields = await this.queries.fields(tenant);
    const field = fields.find(groupBy);
    if (field === null) throw refused(`There is no such attribute. Known: ${fields.known}.`, 'invalid');
    const query = await this.queries.read(tenant, which);
    const counter = new ValueCounter(field);
    for await (const { users } of this.finder.batches(tenant.id, query, null)) {
      for (const user of users) {
        if (counter.add(user)) continue;
        throw refused(
          `${field.name} has more different values than can be counted. Take another attribute, or a filter.`,
          'tooMany',
        );
      }
    }
    return { groupBy: field.name, ...counter.result(top) };
  }
}

function refused(message: string, code: string): ProblemError {
  return new ProblemError('unprocessable', message, [{ parameter: 'groupBy', code, message }]);
}
