import { activateMapping } from './acme-tenant.js';
import type { ApiAnswer, MusterApi } from './muster-api.js';

type Body = Record<string, unknown>;

/** An identity provider with a token of one integration. */
export class ScimClient {
  private constructor(
    private readonly api: MusterApi,
    readonly tenant: string,
    readonly integration: string,
    readonly token: string,
  ) {}

  /** Of a new tenant, or of the one given: a SCIM integration with the default mapping active, unless `mapped` is false. */
  static async ofNewIntegration(
    api: MusterApi,
    {
      tenant,
      standing = 'live',
      precedence = 'primary',
      provider = 'okta',
      mapped = true,
    }: {
      tenant?: string;
      standing?: 'observe' | 'live';
      precedence?: 'primary' | 'secondary';
      provider?: 'okta' | 'entra' | 'onelogin' | 'other';
      mapped?: boolean;
    } = {},
  ): Promise<ScimClient> {
    const of = tenant ?? (await api.must<{ id: string }>('POST', '/v1/tenants', { name: 'Pushed' })).id;
    const { id } = await api.must<{ id: string }>('POST', `/v1/tenants/${of}/integrations`, {
      name: precedence === 'primary' ? 'Identity provider' : 'Second identity provider',
      connectorId: 'scim',
      config: { provider },
      secrets: {},
      standing,
      precedence,
    });
    if (mapped) await activateMapping(api, of, id, { default: true });
    return ScimClient.ofIntegration(api, of, id);
  }

  /** With a new token of an integration that is there. */
  static async ofIntegration(api: MusterApi, tenant: string, integration: string): Promise<ScimClient> {
    const path = `/v1/tenants/${tenant}/integrations/${integration}/scim-tokens`;
    const { token } = await api.must<{ token: string }>('POST', path, { label: 'first' });
    return new ScimClient(api, tenant, integration, token);
  }

  /** The same provider, once Muster is somewhere else. */
  of(api: MusterApi): ScimClient {
    return new ScimClient(api, this.tenant, this.integration, this.token);
  }

  get base(): string {
    return `${this.api.url}/scim/v2/${this.integration}`;
  }

  get headers(): Record<string, string> {
    return { authorization: `Bearer ${this.token}` };
  }

  /** Headers that are given stand in the place of the usual ones. */
  async send(
    method: string,
    path: string,
    { body, raw, headers = this.headers }: { body?: unknown; raw?: string; headers?: Record<string, string> } = {},
  ): Promise<ApiAnswer<Body>> {
    const text = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const response = await fetch(`${this.base}${path}`, {
      method,
      headers: { ...(text === undefined ? {} : { 'content-type': 'application/scim+json' }), ...headers },
      ...(text === undefined ? {} : { body: text }),
    });
    const answer = await response.text();
    const type = response.headers.get('content-type') ?? '';
    if (answer !== '' && !type.startsWith('application/scim+json')) {
      throw new Error(`${method} ${path} answered ${String(response.status)} with ${type}`);
    }
    return {
      status: response.status,
      headers: response.headers,
      body: (answer === '' ? {} : JSON.parse(answer)) as Body,
    };
  }

  /** As {@link send}, for answers that must have this status. */
  async must(method: string, path: string, status: number, body?: unknown): Promise<ApiAnswer<Body>> {
    const answer = await this.send(method, path, body === undefined ? {} : { body });
    if (answer.status === status) return answer;
    throw new Error(`${method} ${path} answered ${String(answer.status)}: ${JSON.stringify(answer.body)}`);
  }

  /** What the integration's admin does with its tokens. */
  async tokens(method: string, path = '', body?: object): Promise<ApiAnswer<Body>> {
    return this.api.call<Body>(method, `${this.settings}/scim-tokens${path}`, body);
  }

  async disable(): Promise<void> {
    const { headers } = await this.api.call('GET', this.settings);
    await this.api.must('PATCH', this.settings, { enabled: false }, { 'if-match': headers.get('etag') ?? '' });
  }

  private get settings(): string {
    return `/v1/tenants/${this.tenant}/integrations/${this.integration}`;
  }
}
