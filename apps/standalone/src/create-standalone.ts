import type { MusterConfig } from '#config';
import { createMuster, type Muster, type PlatformOverrides } from '#platform';
import { standaloneParts } from './standalone-parts.js';

/** A running Muster. */
export type Standalone = Muster;

/**
 * Starts all four roles and the API in this process, on either engine; resolves when it listens. Several may run in one
 * process, each with its own data directory or servers.
 *
 * @throws ConfigurationError when the data directory or the port is in use, or the settings cannot work
 */
export async function createStandalone(config: MusterConfig, overrides: PlatformOverrides = {}): Promise<Standalone> {
  return createMuster(config, standaloneParts(config), overrides);
}
