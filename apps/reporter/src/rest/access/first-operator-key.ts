import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock, contentHash, SettingsStore } from '#core';
import { MusterConfig } from '#config';
import { apiKeyFor, newApiKey } from './new-api-key.js';

/**
 * Sees to it that somebody can get in: the key of `MUSTER_ADMIN_KEY` is an operator's; without one, and while there is
 * no operator's key at all, one is made and shown once on standard output (never in the log).
 */
@Injectable()
export class FirstOperatorKey implements OnApplicationBootstrap {
  constructor(
    private readonly settings: SettingsStore,
    private readonly config: MusterConfig,
    private readonly clock: Clock,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const now = this.clock.now();
    const given = this.config.adminKey;
    if (given !== null) {
      if ((await this.settings.apiKeyByHash(contentHash(given))) !== null) return;
      await this.settings.createApiKey(
        apiKeyFor(given, { tenantId: null, role: 'operator', label: 'MUSTER_ADMIN_KEY', now }),
      );
      return;
    }
    const [existing] = await this.settings.apiKeys(null, { after: null, limit: 1 });
    if (existing !== undefined) return;
    const { text, key } = newApiKey({ tenantId: null, role: 'operator', label: 'first operator key', now });
    await this.settings.createApiKey(key);
    process.stdout.write(
      `\nThe first operator key, shown this once:\n\n  ${text}\n\nKeep it: MUSTER_API_KEY=${text}\n\n`,
    );
  }
}
