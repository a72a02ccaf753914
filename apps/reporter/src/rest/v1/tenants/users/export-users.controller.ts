import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { type AttributeDefinition, attributeOf, SettingsStore, type User, type UserId } from '#core';
import { Audit } from '../../../access/audit.js';
import { CsvStreams } from '../../../http/csv-stream.js';
import type { CsvCell } from '../../../http/csv.js';
import { defineEndpoint, Endpoint, type InputOf } from '../../../http/endpoint.js';
import { UserFinder } from './user-finder.js';
import { UserQueries, whichUsers } from './user-query.js';

const exportUsers = defineEndpoint({
  method: 'GET',
  path: '/v1/tenants/{tenant}/users.csv',
  role: 'admin',
  summary: 'The user directory as CSV, of any size',
  description:
    'In order of id, which is the first column, or with `q` in an order that stays; RFC 4180, UTF-8. Attributes that are excluded from CSV exports are left out; several values stand in one cell, joined by "; ". A text that a spreadsheet would take for a formula (it begins with = + - @, a tab or a line end) gets an apostrophe before it. A connection that breaks off before the end of the body has lost something: ask again with `after` as the id of the last complete row, and append what comes, which has no header then. No row is lost or comes twice that way. It is no picture of one moment: who is changed meanwhile comes as they are when their row is read.',
  query: z.strictObject({
    ...whichUsers,
    header: z.enum(['names', 'labels']).default('names').describe('What the first row calls attributes.'),
    after: z
      .string()
      .regex(/^\w{1,100}$/, 'The id of a user is expected.')
      .optional()
      .describe('The id of the last row that came: go on after it, without a header.'),
  }),
  mediaType: 'text/csv; charset=utf-8',
});

const before = ['id', 'status', 'role', 'owner'];
const behind = ['managerUserId', 'createdAt', 'updatedAt', 'deactivatedAt', 'anonymizeAfter'];

@Controller()
export class ExportUsersController {
  constructor(
    private readonly settings: SettingsStore,
    private readonly queries: UserQueries,
    private readonly finder: UserFinder,
    private readonly streams: CsvStreams,
    private readonly audit: Audit,
  ) {}

  @Endpoint(exportUsers)
  async export({ tenant, query: { header, after, ...which }, caller }: InputOf<typeof exportUsers>) {
    const query = await this.queries.read(tenant, which);
    const attributes = (await this.settings.attributes(tenant.id)).filter((one) => !one.excludeFromCsvExport);
    await this.audit.note(caller, tenant.id, 'users.export', tenant.id, '');
    const heads = attributes.map(({ name, label }) => (header === 'names' ? name : label));
    return this.streams.answer<User, UserId>(
      {
        name: 'users',
        header: [...before, ...heads, ...behind],
        read: async (from, limit) => {
          const batch = await this.finder.batch(tenant.id, query, from, limit);
          const next = batch?.lookedAt === limit ? batch.last : null;
          return { rows: batch?.users ?? [], next };
        },
        cells: (user) => toCells(user, attributes),
      },
      (after ?? null) as UserId | null,
    );
  }
}

function toCells(user: User, attributes: readonly AttributeDefinition[]): CsvCell[] {
  const { id, status, role, owner, manager, deactivation, createdAt, updatedAt } = user;
  return [
    id,
    status,
    role,
    owner,
    ...attributes.map(({ name }) => {
      const value = attributeOf(user, name);
      return Array.isArray(value) ? value.join('; ') : value;
    }),
    manager?.userId ?? null,
    createdAt,
    updatedAt,
    deactivation?.at ?? null,
    deactivation?.anonymizeAfter ?? null,
  ];
}
