import type { EndpointSpec } from '../../apps/reporter/src/rest/http/endpoint.js';
import { parameterNames, type PathParameter } from '../../apps/reporter/src/rest/http/path-parameters.js';
import { unknownId } from './api-under-test.js';
import type { SeededTenant } from './seed-tenant.js';

/** A value for each path parameter: one that exists in the seeded tenant. */
export function existing(seed: SeededTenant): Record<PathParameter, string> {
  return {
    tenant: seed.tenant,
    key: seed.viewerKeyId,
    connector: 'acme-hr',
    integration: seed.integration,
    request: seed.request,
    webhook: seed.webhook,
    check: seed.check,
    sync: seed.sync,
    otherSync: seed.sync,
    outcome: seed.outcomes[0]!,
    token: seed.scimToken,
    scimRequest: seed.scimRequest,
    secret: 'privateKey',
    user: seed.user,
    name: seed.attribute,
    file: 'explorer.js',
    version: '1',
    other: '1',
    seq: '0',
  };
}

/** As {@link existing}, with ids that nobody has. */
export function unknown(): Record<PathParameter, string> {
  const sync = unknownId('syn');
  return {
    tenant: unknownId('ten'),
    key: unknownId('key'),
    connector: 'no-such-connector',
    integration: unknownId('int'),
    request: unknownId('req'),
    webhook: unknownId('whk'),
    check: unknownId('chk'),
    sync,
    otherSync: sync,
    outcome: `out_${sync.slice(4)}_0`,
    token: unknownId('sct'),
    scimRequest: '0mpw7k3xs000000000000',
    secret: 'nobodysKey',
    user: unknownId('usr'),
    name: 'custom.nobodyHasThis',
    file: 'nothing.js',
    version: '1',
    other: '1',
    seq: '0',
  };
}

export function fill(spec: Pick<EndpointSpec, 'path'>, values: Record<PathParameter, string>): string {
  return parameterNames(spec.path).reduce<string>(
    (path, name) => path.replace(`{${name}}`, encodeURIComponent(values[name])),
    spec.path,
  );
}
