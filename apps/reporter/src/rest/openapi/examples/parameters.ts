import { story } from './story.js';

const { integration, mapping, outcomes, people, syncs } = story;

/** By place and name. */
const everywhere: Readonly<Record<string, string | number>> = {
  'path tenant': story.tenant,
  'path key': story.viewerKey,
  'path connector': story.connector,
  'path integration': integration,
  'path request': story.request,
  'path webhook': story.webhook,
  'path check': story.check,
  'path sync': syncs.live,
  'path otherSync': syncs.impact,
  'path outcome': outcomes.maraUpdated,
  'path user': people.mara.userId,
  'path name': 'custom.costCentre',
  'path token': story.scim.token,
  'path scimRequest': story.scim.request,
  'query resource': story.scim.user,
  'path secret': 'nextPrivateKey',
  'path file': 'swagger-ui.css',
  'path version': mapping.draft,
  'path other': mapping.draft,
  'path seq': people.mara.seq,
  'query actor': `key:${story.adminKey}`,
  'query action': 'sync.*',
  'query target': syncs.live,
  'query from': '2026-05-11T00:00:00Z',
  'query to': '2026-05-12T00:00:00Z',
  'query filter': 'department eq "Sales" and hireDate ge "2021-01-01"',
  'query q': 'ferre',
  'query integration': integration,
  'query session': story.scim.pushes.first,
  'query sort': '-hireDate',
  'query groupBy': 'department',
  'header If-Match': '"2"',
  'header Last-Event-ID': '118',
  'header Idempotency-Key': '1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed',
};

const scimTokens = '/v1/tenants/{tenant}/integrations/{integration}/scim-tokens';

/** Where an operation's answer or body is about something else. */
const ofOperations: Readonly<Record<string, string | number>> = {
  'GET /v1/tenants/{tenant}/outcomes/{outcome}/explanation path outcome': outcomes.inesFailed,
  'GET /v1/tenants/{tenant}/integrations/{integration}/mappings/{version} path version': mapping.active,
  'GET /v1/tenants/{tenant}/integrations/{integration}/mappings/{version}/diff/{other} path version': mapping.active,
  'GET /v1/tenants/{tenant}/syncs/{sync}/compare/{otherSync} path sync': syncs.dry,
  'POST /v1/tenants/{tenant}/syncs/{sync}/approve path sync': syncs.first,
  'POST /v1/tenants/{tenant}/syncs/{sync}/cancel path sync': syncs.dry,
  'PATCH /v1/tenants/{tenant}/integrations/{integration} header If-Match': '"4"',
  'PATCH /v1/tenants/{tenant}/integration-requests/{request} header If-Match': '"1"',
  'POST /v1/tenants/{tenant}/integration-requests/{request}/withdraw header If-Match': '"1"',
  'GET /v1/tenants/{tenant}/integrations/{integration}/scim-requests path integration': story.scim.integration,
  'GET /v1/tenants/{tenant}/integrations/{integration}/scim-requests/{scimRequest} path integration':
    story.scim.integration,
  [`GET ${scimTokens} path integration`]: story.scim.integration,
  [`POST ${scimTokens} path integration`]: story.scim.integration,
  [`DELETE ${scimTokens}/{token} path integration`]: story.scim.integration,
  'GET /v1/tenants/{tenant}/users.csv query after': people.tomas.userId,
  'GET /v1/tenants/{tenant}/syncs/{sync}/outcomes.csv query after': outcomes.tomasRemoved,
};

/**
 * What a parameter may look like; undefined where its type tells.
 *
 * @param operation `GET /v1/me`
 * @param place `path`, `query` or `header`
 */
export function parameterExample(operation: string, place: string, name: string): string | number | undefined {
  return ofOperations[`${operation} ${place} ${name}`] ?? everywhere[`${place} ${name}`];
}
