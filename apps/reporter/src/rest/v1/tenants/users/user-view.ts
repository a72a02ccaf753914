import { z } from 'zod';
import type { IntegrationId, Link, User } from '#core';
import { outcomeReason, time, userRole, userStatus } from '../../words.js';
import { attributeValue } from '../outcomes/outcome-view.js';
import { attributeProvenance } from './user-history.js';

export const userView = z
  .object({
    id: z.string(),
    version: z.int().describe('Rises with each change; also the ETag of the user.'),
    status: userStatus,
    role: userRole,
    owner: z.string().nullable().describe('The integration that writes and removes this user.'),
    attributes: z.record(z.string(), attributeValue).describe('By name; those that are blank may be left out.'),
    manager: z
      .object({ userId: z.string().nullable().describe('Null while nobody answers to the reference.') })
      .nullable()
      .describe('Null: no source names one.'),
    deactivation: z
      .object({
        at: time.describe('When access ended.'),
        reason: outcomeReason,
        syncId: z.string().describe('The sync that ended it.'),
        anonymizeAfter: time.describe('Until then the values are kept, and a return reactivates.'),
        byHand: z.boolean().describe('A person ended it: it stands against the source.'),
      })
      .nullable()
      .describe('Null while the user is active.'),
    createdAt: time,
    updatedAt: time.describe('When the user was last changed.'),
  })
  .meta({ id: 'User' });

export const userDetail = userView
  .extend({
    links: z
      .array(
        z.object({
          integrationId: z.string(),
          sourceId: z.string().describe('What the source calls the person.'),
          presence: z.enum(['present', 'absent']).describe('Whether the source has the person, as far as is known.'),
        }),
      )
      .describe('The sources that know the person.'),
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
