import { z } from 'zod';
import { type IntegrationId, type Link, outcomeReasons, type User, userRoles, userStatuses } from '#core';
import { attributeValue } from '../outcomes/outcome-view.js';
import { attributeProvenance } from './user-history.js';

export const userView = z
  .object({
    id: z.string(),
    version: z.int(),
    status: z.enum(userStatuses),
    role: z.enum(userRoles),
    owner: z.string().nullable().describe('The integration that writes and removes this user.'),
    attributes: z.record(z.string(), attributeValue),
    manager: z
      .object({ userId: z.string().nullable().describe('Null while nobody answers to the reference.') })
      .nullable(),
    deactivation: z
      .object({
        at: z.string(),
        reason: z.enum(outcomeReasons),
        syncId: z.string(),
        anonymizeAfter: z.string(),
        byHand: z.boolean(),
      })
      .nullable(),
    createdAt: z.string(),
    updatedAt: z.string(),
  })
  .meta({ id: 'User' });

export const userDetail = userView
  .extend({
    links: z.array(
      z.object({ integrationId: z.string(), sourceId: z.string(), presence: z.enum(['present', 'absent']) }),
    ),
    provenance: z
      .record(z.string(), attributeProvenance.nullable())
      .describe(
        'What set each value last. Null where the last 60 outcomes of the user, or those that are kept, do not tell.',
      ),
  })
  .meta({ id: 'UserDetail' });

export function toUserView(user: User): z.input<typeof userView> {
  const { id, version, status, role, owner, attributes, manager, deactivation, createdAt, updatedAt } = user;
  return {
    id,
    version,
    status,
    role,
    owner,
    attributes,
    manager: manager === null ? null : { userId: manager.userId },
    deactivation,
    createdAt,
    updatedAt,
  };
}

export function toUserDetail(
  user: User,
  links: readonly (Link & { integrationId: IntegrationId })[],
  provenance: z.input<typeof userDetail>['provenance'],
): z.input<typeof userDetail> {
  return {
    ...toUserView(user),
    links: links.map(({ integrationId, sourceId, presence }) => ({ integrationId, sourceId, presence })),
    provenance,
  };
}
