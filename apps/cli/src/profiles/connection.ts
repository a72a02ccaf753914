import type { Command } from 'commander';
import type { ApiClientOptions } from '../api/api-client.js';
import type { Terminal } from '../output/terminal.js';
import type { Profile, ProfileStore } from './profile-store.js';

interface ConnectionOptions {
  url: string;
  apiKey?: string;
  tenant?: string;
  profile?: string;
}

const names = ['url', 'apiKey', 'tenant'] as const;
type Name = (typeof names)[number];

/**
 * Where a command's server is and who asks. Each value comes from its option, else from the environment, else from the
 * profile; key and tenant of a profile are used at its own server only.
 */
export function connectionOf(command: Command, profiles: ProfileStore, terminal: Terminal): ApiClientOptions {
  const options = command.optsWithGlobals<ConnectionOptions>();
  const profile = profileOf(options.profile, profiles);
  const sourceOf = (name: string): string | undefined => command.getOptionValueSourceWithGlobals(name);
  const isGiven = (name: Name) => options[name] !== '' && ['cli', 'env'].includes(sourceOf(name) ?? '');
  const url = isGiven('url') ? options.url : (profile?.url ?? options.url);
  const own = profile !== null && bare(url) === bare(profile.url) ? profile : null;
  if (profile !== null && sourceOf('profile') === 'cli') {
    const before = names.filter((name) => isGiven(name) && sourceOf(name) === 'env').map((name) => variables[name]);
    if (before.length > 0)
      terminal.note(`${before.join(', ')} of the environment goes before profile ${profile.name}.`);
  }
  return {
    url,
    apiKey: isGiven('apiKey') ? options.apiKey : own?.apiKey,
    tenant: isGiven('tenant') ? options.tenant : own?.tenant,
  };
}

/** The variables of the environment that say the same as an option. */
export const variables = {
  url: 'MUSTER_URL',
  apiKey: 'MUSTER_API_KEY',
  tenant: 'MUSTER_TENANT',
  profile: 'MUSTER_PROFILE',
} as const;

/** The one that is named, else the one in use; an empty name stands for none. */
function profileOf(name: string | undefined, profiles: ProfileStore): Profile | null {
  if (name === '') return null;
  const wanted = name ?? profiles.read().inUse;
  return wanted === null ? null : profiles.find(wanted);
}

function bare(url: string): string {
  return url.replace(/\/+$/, '');
}
