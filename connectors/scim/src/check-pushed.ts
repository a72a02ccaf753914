import type { CheckStep, ConnectorContext } from '#connector-sdk';
import { pushedTo } from './fetch-pushed.js';
import type { ScimConfig, ScimSecrets } from './scim.settings.js';

/** Whether anybody has been pushed. Muster calls nobody here, so there is nothing else to try. */
export async function* checkPushed(
  context: ConnectorContext<ScimConfig, ScimSecrets>,
): AsyncGenerator<CheckStep, void, void> {
  const { records, next } = await pushedTo(context).list(null, 1);
  yield { step: 'configuration', ok: true, message: 'The settings are complete.' };
  yield records.length === 0 && next === null
    ? {
        step: 'sample',
        ok: false,
        message: 'Nobody has been pushed yet. Follow the set-up steps, then assign people at the identity provider.',
      }
    : { step: 'sample', ok: true, message: 'The identity provider has pushed people.' };
}
