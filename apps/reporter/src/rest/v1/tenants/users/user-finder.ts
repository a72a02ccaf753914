import { Injectable } from '@nestjs/common';
import { DirectoryStore, type TenantId, type User, type UserId, userStatuses } from '#core';
import { comparePlaces, type OrderPlace, placeOf, type UserOrder } from '#user-filter';
import { decodeCursor, encodeCursor, invalidCursor } from '../../../http/page.js';
import { ProblemError } from '../../../http/problem.errors.js';
import type { UserQuery } from './user-query.js';

/** Users read in one go: what is in memory at a time. */
const batchSize = 1_000;
/** Users looked at for one page of a filtered list; a page may then hold fewer than were asked for. */
const lookedAtMost = 20_000;
/** Users looked at for one page of a sorted list. */
const sortedAtMost = 50_000;

export interface UserPage {
  users: User[];
  nextCursor: string | null;
}

export interface UserBatch {
  /** Those of the batch that fit. */
  users: User[];
  /** How many were looked at, and the last of them. */
  lookedAt: number;
  last: UserId;
}

/** Finds users by whatever they are asked about. Stores narrow by index; the rest is asked here, alike on every engine. */
@Injectable()
export class UserFinder {
  constructor(private readonly directory: DirectoryStore) {}

  /** One page of a list. Without a sort it looks at a bounded number of users; its cursor leads on from there. */
  async page(tenantId: TenantId, query: UserQuery, cursor: string | undefined, limit: number): Promise<UserPage> {
    if (query.order !== null) return this.sortedPage(tenantId, query, query.order, cursor, limit);
    const found: User[] = [];
    let lookedAt = 0;
    const size = query.holds === null ? limit + 1 : batchSize;
    for await (const batch of this.batches(tenantId, query, decodeCursor(cursor) as UserId | null, size)) {
      found.push(...batch.users);
      lookedAt += batch.lookedAt;
      const last = found[limit - 1];
      if (found.length > limit && last !== undefined) {
        return { users: found.slice(0, limit), nextCursor: encodeCursor(last.id) };
      }
      if (lookedAt >= lookedAtMost) return { users: found, nextCursor: encodeCursor(batch.last) };
    }
    return { users: found, nextCursor: null };
  }

  /** All users that fit, in the store's order, from after one on; no more than a batch of them at a time. */
  async *batches(
    tenantId: TenantId,
    query: UserQuery,
    after: UserId | null,
    size = batchSize,
  ): AsyncGenerator<UserBatch> {
    let from = after;
    let batch: UserBatch | null;
    do {
      batch = await this.batch(tenantId, query, from, size);
      if (batch === null) return;
      yield batch;
      from = batch.last;
    } while (batch.lookedAt === size);
  }

  /** The next users that the store gives, looked at; null when there are none. */
  async batch(tenantId: TenantId, query: UserQuery, after: UserId | null, size: number): Promise<UserBatch | null> {
    const { narrow, holds } = query;
    const users = await this.directory.listUsers(tenantId, narrow, after, size);
    const last = users.at(-1)?.id;
    if (last === undefined) return null;
    return { users: holds === null ? users : users.filter(holds), lookedAt: users.length, last };
  }

  /** Looks at all of them for each page, and keeps the best. */
  private async sortedPage(
    tenantId: TenantId,
    query: UserQuery,
    order: UserOrder,
    cursor: string | undefined,
    limit: number,
  ): Promise<UserPage> {
    const after = readPlace(cursor, order);
    if (Object.keys(query.narrow).length === 0) await this.requireFew(tenantId);
    let best: { user: User; place: OrderPlace }[] = [];
    const keepBest = () => {
      best = best.sort((a, b) => comparePlaces(order, a.place, b.place)).slice(0, limit + 1);
    };
    let lookedAt = 0;
    for await (const batch of this.batches(tenantId, query, null)) {
      lookedAt += batch.lookedAt;
      if (lookedAt > sortedAtMost) throw tooMany();
      for (const user of batch.users) {
        const place = placeOf(order, user);
        if (after === null || comparePlaces(order, place, after) > 0) best.push({ user, place });
      }
      if (best.length > 4 * limit) keepBest();
    }
    keepBest();
    const last = best[limit - 1];
    return {
      users: best.slice(0, limit).map(({ user }) => user),
      nextCursor: best.length > limit && last !== undefined ? encodePlace(last.place, order) : null,
    };
  }

  /** Spares the way over all users where it is known to be in vain. */
  private async requireFew(tenantId: TenantId): Promise<void> {
    const counts = await this.directory.countByStatus(tenantId);
    if (userStatuses.reduce((sum, status) => sum + counts[status], 0) > sortedAtMost) throw tooMany();
  }
}

function tooMany(): ProblemError {
  const most = sortedAtMost.toLocaleString('en-US');
  const message = `Only ${most} users can be sorted at once, and there are more. Narrow them by status, integration, q, or a filter with status, owner, email or employeeId eq; or leave sort out.`;
  return new ProblemError('unprocessable', message, [{ parameter: 'sort', code: 'tooMany', message }]);
}

function orderName({ field, descending }: UserOrder): string {
  return `${descending ? '-' : ''}${field.name}`;
}

function encodePlace({ value, id }: OrderPlace, order: UserOrder): string {
  return encodeCursor(JSON.stringify([orderName(order), value, id]));
}

function readPlace(cursor: string | undefined, order: UserOrder): OrderPlace | null {
  const text = decodeCursor(cursor);
  if (text === null) return null;
  try {
    const [name, value, id] = JSON.parse(text) as [unknown, OrderPlace['value'], unknown];
    const isValue = value === null || ['string', 'number', 'boolean'].includes(typeof value);
    if (name === orderName(order) && typeof id === 'string' && isValue) return { value, id };
  } catch {
    // Said below.
  }
  throw invalidCursor();
}
