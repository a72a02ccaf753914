import 'reflect-metadata';
import { PassThrough } from 'node:stream';
import type { Command } from 'commander';
import { expect, it } from 'vitest';
import { Terminal } from '../../apps/cli/src/output/terminal.js';
import { createProgram } from '../../apps/cli/src/program.js';
import { restEndpoints } from '../../apps/reporter/src/rest/reference/rest-endpoints.js';

/** The command that carries each operation of the API out. */
const commands: Record<string, string> = {
  'GET /readyz': 'status',
  'GET /v1/me': 'me',
  'GET /v1/connectors': 'connector list',
  'GET /v1/connectors/{connector}': 'connector show',
  'GET /v1/tenants': 'tenant list',
  'POST /v1/tenants': 'tenant create',
  'GET ': 'tenant show',
  'PATCH ': 'tenant update',
  'GET /api-keys': 'key list',
  'POST /api-keys': 'key create',
  'DELETE /api-keys/{key}': 'key delete',
  'GET /attributes': 'attribute list',
  'PUT /attributes/{name}': 'attribute put',
  'DELETE /attributes/{name}': 'attribute delete',
  'GET /audit': 'audit list',
  'GET /events': 'sync list',
  'POST /expressions/evaluate': 'evaluate',
  'GET /integration-requests': 'request list',
  'POST /integration-requests': 'request create',
  'GET /integration-requests/{request}': 'request show',
  'PATCH /integration-requests/{request}': 'request update',
  'POST /integration-requests/{request}/move': 'request move',
  'POST /integration-requests/{request}/withdraw': 'request withdraw',
  'GET /notices': 'notice list',
  'GET /webhooks': 'webhook list',
  'POST /webhooks': 'webhook create',
  'DELETE /webhooks/{webhook}': 'webhook delete',
  'GET /integrations': 'integration list',
  'POST /integrations': 'integration create',
  'GET /integrations/{integration}': 'integration show',
  'PATCH /integrations/{integration}': 'integration update',
  'POST /integrations/{integration}/check': 'integration check',
  'GET /integrations/{integration}/checks/{check}': 'integration check',
  'GET /integrations/{integration}/key-pairs': 'key-pair list',
  'POST /integrations/{integration}/key-pairs': 'key-pair make',
  'DELETE /integrations/{integration}/key-pairs/{secret}': 'key-pair drop',
  'GET /integrations/{integration}/mappings': 'mapping list',
  'POST /integrations/{integration}/mappings': 'mapping create',
  'GET /integrations/{integration}/mappings/{version}': 'mapping show',
  'POST /integrations/{integration}/mappings/{version}/activate': 'mapping activate',
  'GET /integrations/{integration}/mappings/{version}/diff/{other}': 'mapping diff',
  'POST /integrations/{integration}/mappings/{version}/evaluate': 'mapping try',
  'POST /integrations/{integration}/mappings/{version}/impact': 'mapping impact',
  'GET /integrations/{integration}/payload-fields': 'integration fields',
  'GET /integrations/{integration}/rate-budget': 'integration rate-budget',
  'GET /integrations/{integration}/scim-requests': 'integration requests',
  'GET /integrations/{integration}/scim-requests/{scimRequest}': 'integration request',
  'GET /integrations/{integration}/scim-tokens': 'scim-token list',
  'POST /integrations/{integration}/scim-tokens': 'scim-token create',
  'DELETE /integrations/{integration}/scim-tokens/{token}': 'scim-token delete',
  'GET /integrations/{integration}/setup': 'integration setup',
  'POST /integrations/{integration}/syncs': 'sync run',
  'GET /outcomes/{outcome}/explanation': 'sync explain',
  'GET /people': 'person find',
  'GET /reports/users': 'report users',
  'GET /syncs': 'sync list',
  'GET /syncs/{sync}': 'sync show',
  'POST /syncs/{sync}/approve': 'sync approve',
  'POST /syncs/{sync}/reject': 'sync reject',
  'POST /syncs/{sync}/cancel': 'sync cancel',
  'POST /syncs/{sync}/undo': 'sync undo',
  'GET /syncs/{sync}/compare/{otherSync}': 'sync compare',
  'GET /syncs/{sync}/events': 'sync events',
  'GET /syncs/{sync}/outcomes': 'sync outcomes',
  'GET /syncs/{sync}/outcomes.csv': 'sync outcomes',
  'GET /syncs/{sync}/records/{seq}': 'sync record',
  'GET /users': 'user list',
  'GET /users.csv': 'user export',
  'GET /users/{user}': 'user show',
  'PATCH /users/{user}': 'user set',
  'GET /users/{user}/history': 'user history',
  'POST /users/{user}/deprovision': 'user deprovision',
  'POST /users/{user}/reactivate': 'user reactivate',
  'POST /users/{user}/sync': 'user sync',
};

/** What nobody does at a terminal, and why. */
const others: Record<string, string> = {
  'GET /docs': 'a page for browsers',
  'GET /docs/{file}': 'a part of that page',
  'GET /openapi.json': 'for programs',
  'GET /healthz': 'for whoever restarts processes',
  'GET /metrics': 'for Prometheus',
  'GET /outcomes/{outcome}': 'part of what sync explain shows',
};

it('has a command for every operation of the API', () => {
  const operations = restEndpoints().map(({ method, path }) => `${method} ${path.replace('/v1/tenants/{tenant}', '')}`);
  expect(operations.filter((operation) => !(operation in commands) && !(operation in others))).toEqual([]);
  expect([...Object.keys(commands), ...Object.keys(others)].filter((one) => !operations.includes(one))).toEqual([]);
  const stream = new PassThrough();
  const known = new Set(leaves(createProgram(new Terminal(stream, stream), {})));
  expect(Object.values(commands).filter((command) => !known.has(command))).toEqual([]);
});

/** Commands with all their words, the program’s own name left out. */
function leaves(command: Command, words: readonly string[] = []): string[] {
  if (command.commands.length === 0) return [words.join(' ')];
  return command.commands.flatMap((one) => leaves(one, [...words, one.name()]));
}
