import { z } from 'zod';
import { jsonValue } from '../../../http/fields.js';
import { type Integration, type ScheduleState, standings, type Sync } from '#core';
import { precedence, syncMode, syncState, time } from '../../words.js';
import { rateBudgetView } from './rate-budget-settings.js';
import { scheduleView, toScheduleView } from './schedule-view.js';

/** The share of the integration's active people that a rule lets through, 0 to 1. */
export const share = z.number().min(0).max(1);

/** What each limit is of. */
export const safeguardShares = {
  inferredRemovals: share.describe('Who loses access because the source no longer shows them.'),
  inferredRemovals7Days: share.describe('The same, within seven days.'),
  explicitLeavers: share.describe('Who loses access because the source says that they left.'),
  emailChanges: share.describe('Who gets another e-mail address.'),
  blankedValues: share.describe('Who loses the value of an attribute; judged for each attribute.'),
  restrictedChanges: share.describe('Whose access is restricted or opened.'),
  managerChanges: share.describe('Who gets another manager.'),
  failures: share.describe('Records that failed: more hold the whole plan.'),
  declaredTotalDrop: share.describe(
    'By how much the source’s own count may fall: after more, everybody who is missing is held.',
  ),
};

export const safeguardsView = z
  .object(safeguardShares)
  .describe('Each a share (0 to 1) of the integration’s active people; what is more than that is held.');

export const integrationView = z
  .object({
    id: z.string(),
    name: z.string(),
    connectorId: z.string().describe('The kind of source.'),
    config: z.record(z.string(), jsonValue).describe('As the connector’s `config` schema says.'),
    secretsSet: z.array(z.string()).describe('Names of the secrets that are set. Their values are never shown.'),
    enabled: z.boolean().describe('False: its source is not read, neither by itself nor when asked.'),
    precedence,
    standing: z
      .enum(standings)
      .describe('`observe`: nothing is live before a dry sync has read somebody and completed.'),
    onLeavingScope: z
      .enum(['deprovision', 'keep'])
      .describe('What becomes of people whom the mapping’s scope leaves out.'),
    safeguards: safeguardsView,
    contacts: z.array(z.string()).describe('E-mail addresses of those who look after it and are sent its notices.'),
    rateBudget: rateBudgetView
      .nullable()
      .describe(
        'How often its source may be asked over HTTP; null: as its connector says. `…/rate-budget` shows what holds.',
      ),
    schedule: scheduleView.nullable().describe('Null: it runs only when somebody asks.'),
    paused: z
      .object({
        syncId: z.string().describe('The undo for whose sake it rests.'),
        at: time,
        message: z.string().describe('In plain words, and what to do.'),
      })
      .nullable()
      .describe('Set: it does not run by itself until somebody resumes it.'),
    activeMappingVersion: z.int().nullable().describe('The mapping that new syncs use; null before one is active.'),
    revision: z.int().describe('Also the ETag: send it as If-Match with a change.'),
    createdAt: time,
    lastSync: z
      .object({
        id: z.string(),
        mode: syncMode,
        state: syncState,
        createdAt: time.describe('When it was queued.'),
        endedAt: time.nullable().describe('Null before its end.'),
      })
      .nullable()
      .describe('The newest one; null before the first.'),
  })
  .meta({ id: 'Integration' });

const pauseText =
  'Schedule and pushes rest because a sync was undone: the source would do the same again. Correct what was wrong, then resume.';

export function toIntegrationView(
  integration: Integration,
  { secretsSet, schedule, lastSync }: { secretsSet: string[]; schedule: ScheduleState; lastSync: Sync | null },
): z.input<typeof integrationView> {
  const { tenantId: _tenant, paused, ...shown } = integration;
  return {
    ...shown,
    schedule: toScheduleView(integration, schedule),
    paused: paused === null ? null : { ...paused, message: pauseText },
    secretsSet,
    lastSync:
      lastSync === null
        ? null
        : {
            id: lastSync.id,
            mode: lastSync.mode,
            state: lastSync.state,
            createdAt: lastSync.createdAt,
            endedAt: lastSync.endedAt,
          },
  };
}
