import { z } from 'zod';
import { jsonValue } from '../../../http/fields.js';
import { type Integration, precedences, type ScheduleState, standings, syncModes, syncStates, type Sync } from '#core';
import { scheduleView, toScheduleView } from './schedule-view.js';

/** The share of the integration's active people that a rule lets through, 0 to 1. */
export const share = z.number().min(0).max(1);

export const safeguardsView = z
  .object({
    inferredRemovals: share,
    inferredRemovals7Days: share,
    explicitLeavers: share,
    emailChanges: share,
    blankedValues: share,
    restrictedChanges: share,
    managerChanges: share,
    failures: share,
    declaredTotalDrop: share,
  })
  .describe('Each a share (0 to 1) of the integration’s active people; what is more than that is held.');

export const integrationView = z
  .object({
    id: z.string(),
    name: z.string(),
    connectorId: z.string(),
    config: z.record(z.string(), jsonValue),
    secretsSet: z.array(z.string()).describe('Names of the secrets that are set. Their values are never shown.'),
    enabled: z.boolean(),
    precedence: z.enum(precedences),
    standing: z.enum(standings).describe('`observe`: nothing is live before a dry sync has completed.'),
    onLeavingScope: z.enum(['deprovision', 'keep']),
    safeguards: safeguardsView,
    contacts: z.array(z.string()).describe('E-mail addresses of those who look after it.'),
    schedule: scheduleView.nullable().describe('Null: it runs only when somebody asks.'),
    paused: z
      .object({
        syncId: z.string().describe('The undo for whose sake it rests.'),
        at: z.string(),
        message: z.string(),
      })
      .nullable()
      .describe('Set: it does not run by itself until somebody resumes it.'),
    activeMappingVersion: z.int().nullable(),
    revision: z.int().describe('Also the ETag: send it as If-Match with a change.'),
    createdAt: z.string(),
    lastSync: z
      .object({
        id: z.string(),
        mode: z.enum(syncModes),
        state: z.enum(syncStates),
        createdAt: z.string(),
        endedAt: z.string().nullable(),
      })
      .nullable(),
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
