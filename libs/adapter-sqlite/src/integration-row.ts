import { freshScheduleState, type Integration, type ScheduleState, type Standing, type SyncId } from '#core';

/** A row of `integrations` without its secrets. */
export interface IntegrationRow {
  revision: number;
  standing: Standing;
  active_mapping_version: number | null;
  settings: string;
}

/** SQL: the columns of an {@link IntegrationRow}. */
export const integrationColumns = 'revision, standing, active_mapping_version, settings';

/** What the `settings` column holds; the rest moves on its own and has columns. */
type IntegrationSettings = Omit<Integration, 'revision' | 'standing' | 'activeMappingVersion'>;

/** Rows written before there were schedules, pauses, contacts and rate budgets have none. */
export function toIntegration(row: IntegrationRow): Integration {
  const settings = JSON.parse(row.settings) as Omit<
    IntegrationSettings,
    'schedule' | 'paused' | 'contacts' | 'rateBudget'
  > &
    Partial<IntegrationSettings>;
  return {
    ...settings,
    contacts: settings.contacts ?? [],
    rateBudget: settings.rateBudget ?? null,
    schedule: settings.schedule ?? null,
    paused: settings.paused ?? null,
    revision: row.revision,
    standing: row.standing,
    activeMappingVersion: row.active_mapping_version,
  };
}

export function settingsOf(integration: Integration): string {
  const { revision: _revision, standing: _standing, activeMappingVersion: _active, ...settings } = integration;
  return JSON.stringify(settings satisfies IntegrationSettings);
}

/** The columns of `integrations` that say where its schedule stands. */
export interface ScheduleRow {
  due_at: string | null;
  awaiting_sync: SyncId | null;
  schedule_version: number;
  schedule_state: string;
}

/** SQL: the columns of a {@link ScheduleRow}. */
export const scheduleColumns = 'due_at, awaiting_sync, schedule_version, schedule_state';

/** What the `schedule_state` column holds; what is searched by has columns. */
type ScheduleBody = Omit<ScheduleState, 'version' | 'nextRunAt' | 'awaiting'>;

export function toScheduleState(row: ScheduleRow): ScheduleState {
  return {
    ...freshScheduleState(row.schedule_version, row.due_at),
    ...(JSON.parse(row.schedule_state) as Partial<ScheduleBody>),
    awaiting: row.awaiting_sync,
  };
}

export function scheduleBodyOf({
  isRetry,
  lastRun,
  consecutiveFailures,
  lastRefused,
}: Omit<ScheduleState, 'version'>): string {
  return JSON.stringify({ isRetry, lastRun, consecutiveFailures, lastRefused } satisfies ScheduleBody);
}
