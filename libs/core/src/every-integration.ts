import type { TenantId } from './ids.js';
import type { Integration } from './integration.js';
import type { SettingsStore } from './ports/settings-store.port.js';

const readAtOnce = 100;

/** A tenant's integrations in order of id, read some at a time: whoever leaves off reads no more of them. */
export async function* everyIntegration(
  settings: SettingsStore,
  tenantId: TenantId,
): AsyncGenerator<Integration, void, void> {
  for (let after: string | null = null; ;) {
    const integrations = await settings.integrations(tenantId, { after, limit: readAtOnce });
    yield* integrations;
    if (integrations.length < readAtOnce) return;
    after = integrations.at(-1)?.id ?? null;
  }
}
