import { Injectable } from '@nestjs/common';
import { Clock, contentHash, ScimTokenStore, type ScimScope, type ScimToken, SettingsStore } from '#core';
import { MusterConfig } from '#config';
import { type BucketCount, TokenBuckets } from '#pipeline';
import { ScimError } from '#scim';

/** A token's last use is written at most so often. */
const usesNotedEveryMs = 60_000;

/** Who may push: whoever has one of the integration's tokens. */
@Injectable()
export class ScimAccess {
  private readonly buckets: TokenBuckets;

  constructor(
    private readonly tokens: ScimTokenStore,
    private readonly settings: SettingsStore,
    private readonly clock: Clock,
    config: MusterConfig,
  ) {
    this.buckets = new TokenBuckets(config.rateLimitPerMinute, clock);
  }

  /**
   * The token that a request came with; null when it is none of this integration. The header is a token, with or without
   * the word Bearer: Okta sends what was pasted.
   */
  async identify(header: string | undefined, integrationId: string): Promise<ScimToken | null> {
    const [, text] = /^(?:Bearer +)?([\x21-\x7e]{1,512}) *$/i.exec(header ?? '') ?? [];
    const token = text === undefined ? null : await this.tokens.byHash(contentHash(text));
    return token?.integrationId === integrationId ? token : null;
  }

  /**
   * Whose resources a request is about.
   *
   * @throws ScimError 401 without a token of this integration, 403 when the integration takes nothing, 429
   */
  async admit(token: ScimToken | null): Promise<ScimScope> {
    if (token === null) {
      throw new ScimError(401, null, 'Send a token of this integration: Authorization: Bearer mus_scim_…');
    }
    this.limit(this.buckets.count(token.id));
    await this.noteUse(token);
    const { tenantId, integrationId } = token;
    const integration = await this.settings.integration(tenantId, integrationId);
    if (integration === null || !integration.enabled) {
      throw new ScimError(403, null, 'This integration is disabled: it takes nothing until it is enabled again.');
    }
    return { tenantId, integrationId };
  }

  private limit(count: BucketCount | null): void {
    if (count?.isOver !== true) return;
    const seconds = String(count.secondsUntilNext);
    throw new ScimError(429, null, `This token has sent too many requests in a minute. Wait ${seconds} s.`, {
      'retry-after': seconds,
    });
  }

  private async noteUse(token: ScimToken): Promise<void> {
    const sinceMs = this.clock.nowMs() - Date.parse(token.lastUsedAt ?? '1970-01-01T00:00:00Z');
    if (sinceMs >= usesNotedEveryMs) await this.tokens.noteUse(token, this.clock.now());
  }
}
