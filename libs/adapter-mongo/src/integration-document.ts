import type { Integration } from '#core';
import type { IntegrationDocument } from './schemas/settings.js';

/** What an integration's `body` holds; the rest moves on its own. */
type IntegrationBody = Omit<Integration, 'revision' | 'standing' | 'activeMappingVersion'>;

/** Documents written before there were schedules, pauses and contacts have none. */
export function toIntegration({ body, revision, standing, activeMappingVersion }: IntegrationDocument): Integration {
  const settings = JSON.parse(body) as Omit<IntegrationBody, 'schedule' | 'paused' | 'contacts'> &
    Partial<IntegrationBody>;
  const { contacts = [], schedule = null, paused = null } = settings;
  return { ...settings, contacts, schedule, paused, revision, standing, activeMappingVersion };
}

export function bodyOf(integration: Integration): string {
  const { revision: _revision, standing: _standing, activeMappingVersion: _active, ...body } = integration;
  return JSON.stringify(body satisfies IntegrationBody);
}
