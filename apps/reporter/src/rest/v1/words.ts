import { z } from 'zod';
import {
  apiKeyRoles,
  attributeTypes,
  mappingProblemCodes,
  outcomeKinds,
  outcomeReasons,
  outcomeStates,
  precedences,
  safeguardRules,
  syncModes,
  syncStates,
  syncTriggers,
  userRoles,
  userStatuses,
} from '#core';

/** An instant as answers give it. */
export const time = z.string().meta({ format: 'date-time' });

export const apiKeyRole = z
  .enum(apiKeyRoles)
  .describe(
    '`viewer` reads, without raw records and exports; `admin` also changes and decides; `operator` may all that in every tenant.',
  );

export const attributeType = z
  .enum(attributeTypes)
  .describe('`date` is a day, `YYYY-MM-DD`; `string[]` holds several texts.');

export const syncMode = z.enum(syncModes).describe('`dry` makes the whole plan and changes nobody; `live` applies it.');

export const syncTrigger = z
  .enum(syncTriggers)
  .describe(
    'What started it: its schedule, files that have come into the inbox (`arrival`), somebody who asked (`manual`), people whom the source sent (`push`), a stored snapshot read again (`replay`), the taking back of another sync (`undo`), a change by hand (`edit`).',
  );

export const syncState = z
  .enum(syncStates)
  .describe(
    '`queued`, `fetching`, `planning`, `settling` and `applying` lead to an end: `completed`; `incomplete`, when the source was not read completely; `awaitingApproval`, when a live one has a part that safeguards hold; `failed`; `cancelled`.',
  );

export const outcomeKind = z
  .enum(outcomeKinds)
  .describe(
    'What becomes of the person: `deprovisioned` ends their access, `reactivated` gives it back; who is `skipped` or `failed` is left as they are.',
  );

export const outcomeReason = z.enum(outcomeReasons).describe('Why; stable, for programs.');

export const outcomeState = z
  .enum(outcomeStates)
  .nullable()
  .describe(
    'Where the change stands: `held` by a safeguard until a person decides; `rejected` by a person; `drifted`, left alone because the user was changed meanwhile; `superseded` by a newer sync; `cancelled` with its sync. Null for `skipped` and `failed`, which change nothing.',
  );

export const safeguardRule = z
  .enum(safeguardRules)
  .describe('A safeguard’s name. `whole` asks whether the snapshot can be trusted to hold everybody.');

export const mappingProblemCode = z.enum(mappingProblemCodes).describe('What went wrong; stable, for programs.');

export const precedence = z
  .enum(precedences)
  .describe(
    'A `primary` source makes, changes and removes users; a `secondary` one links to those that are there, and can deactivate them.',
  );

export const userStatus = z
  .enum(userStatuses)
  .describe('`deactivated`: access has ended, the values are kept for a while; `anonymized`: they have been removed.');

export const userRole = z
  .enum(userRoles)
  .describe(
    'A source decides between `regular` and `restricted`; an `admin` is made by hand and never demoted by one.',
  );
