import { attemptStep, checkReachable, type CheckStep, type ConnectorContext, settingsComplete } from '#connector-sdk';
import { KeycloakApi, type Representation } from './keycloak-api.js';
import type { KeycloakConfig, KeycloakSecrets } from './keycloak.settings.js';

type Context = ConnectorContext<KeycloakConfig, KeycloakSecrets>;

/** Reads a page of ten. Shows which fields and attributes users have, never what is in them. */
export async function* checkRealm(context: Context): AsyncGenerator<CheckStep, void, void> {
  const { config } = context;
  yield settingsComplete(config.baseUrl);
  for await (const step of checkReachable(config.baseUrl, context)) {
    yield step;
    if (!step.ok) return;
  }
  const api = new KeycloakApi(context);
  const signedIn = await attemptStep('credentials', async () => api.signIn());
  if (signedIn.failed) {
    yield signedIn.failed;
    return;
  }
  yield { step: 'credentials', ok: true, message: 'Keycloak accepts client id and client secret.' };
  const first = await attemptStep('firstPage', async () => ({
    total: await api.count(),
    users: await api.users(0, 10),
  }));
  if (first.failed) {
    yield first.failed;
    return;
  }
  const { total, users } = first.value;
  yield {
    step: 'firstPage',
    ok: true,
    message: `The realm has ${total} user${total === 1 ? '' : 's'}.`,
    details: { users: users.length, total },
  };
  if (config.withGroups) {
    const groups = await attemptStep('firstPage', async () => api.groups(null).next());
    if (groups.failed) {
      yield groups.failed;
      return;
    }
  }
  yield sample(users);
}

function sample(users: readonly Representation[]): CheckStep {
  if (users.length === 0) {
    return {
      step: 'sample',
      ok: false,
      message: 'The realm shows nobody. Give the service account the role view-users of the client realm-management.',
    };
  }
  const fields = namesIn(users);
  const attributes = namesIn(users.map(({ attributes: held }) => (typeof held === 'object' ? held : null)));
  return {
    step: 'sample',
    ok: true,
    message:
      attributes.length === 0
        ? 'Users have no attributes: where they should, let administrators view unmanaged attributes, or declare them in the realm’s user profile.'
        : `Users have ${attributes.length} attributes.`,
    details: { fields, attributes },
  };
}

function namesIn(objects: readonly unknown[]): string[] {
  const names = objects.flatMap((one) => (typeof one === 'object' && one !== null ? Object.keys(one) : []));
  return [...new Set(names)].sort();
}
