import type { Integration } from '#core';
import type { IntegrationDocument } from './schemas/settings.js';

/** What an integration's `body` holds; the rest moves on its own. */
type IntegrationBody = Omit<Integration, 'revision' | 'standing' | 'activeMappingVersion'>;

/** Documents written before there were schedules, pauses, contacts and rate budgets have none. */
export function toIntegration({ body, revision, standing, activeMappingVersion }: IntegrationDocument): Integration {
  const settings = JSON.parse(body) as Omit<IntegrationBody, 'schedule' | 'paused' | 'contacts' | 'rateBudget'> &
    Partial<IntegrationBody>;
  const { contacts = [], rateBudget = null, schedule = null, paused = null } = settings;
  return { ...settings, contacts, rateBudget, schedule, paused, revision, standing, activeMappingVersion };
}

export function bodyOf(integration: Integration): string {
  const { revision: _revision, standing: _standing, activeMappingVersion: _active, ...body } = integration;
  return JSON.stringify(body satisfies IntegrationBody);
}
