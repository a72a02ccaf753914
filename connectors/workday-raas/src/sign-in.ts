import type { ConnectorContext, RequestAuthorization } from '#connector-sdk';
import { basicAuthorization, OAuth2RefreshToken, SourceConfigurationError } from '#connector-sdk';
import type { WorkdayConfig, WorkdaySecrets } from './workday.settings.js';
import { tokenUrlOf } from './workday.settings.js';

/** How requests for reports prove who asks. */
export interface SignIn {
  readonly authorization: RequestAuthorization;
  /** Statuses worth a second try with something newer. */
  readonly renewOn: readonly number[];
  /** Finds out as much as can be found out without a report. */
  confirm(): Promise<void>;
}

type Context = ConnectorContext<WorkdayConfig, WorkdaySecrets>;

/** @throws SourceConfigurationError `secretMissing` when a secret of the chosen way to sign in has not been entered */
export function signInOf(context: Context): SignIn {
  return context.config.signIn === 'user' ? asUser(context) : withRefreshToken(context);
}

function asUser({ config, secrets }: Context): SignIn {
  const username = needed('username', config.username);
  const password = needed('password', secrets.password);
  return {
    authorization: basicAuthorization({ username, password }),
    renewOn: [],
    confirm: async () => undefined,
  };
}

function withRefreshToken({ config, secrets, http, ownSecrets }: Context): SignIn {
  const token = new OAuth2RefreshToken(http, {
    tokenUrl: needed('tokenUrl', tokenUrlOf(config)),
    clientId: needed('clientId', config.clientId),
    clientSecret: needed('clientSecret', secrets.clientSecret),
    refreshToken: needed('refreshToken', secrets.refreshToken),
    secretName: 'refreshToken',
    ownSecrets,
  });
  return {
    authorization: token,
    renewOn: [401, 403],
    confirm: async () => void (await token.token()),
  };
}

function needed(name: string, value: string | null | undefined): string {
  if (typeof value === 'string' && value !== '') return value;
  throw new SourceConfigurationError({
    code: 'secretMissing',
    message: `Signing in this way needs ${name}. Enter it in the integration's settings.`,
    fields: { name },
  });
}
