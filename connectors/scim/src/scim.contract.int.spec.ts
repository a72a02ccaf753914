import { describe, it } from 'vitest';
import { describeConnectorContract } from '#connector-sdk/testing';
import { scim } from './scim.connector.js';

const here = 'what was pushed is here';

describeConnectorContract(scim, {
  runner: { describe, it },
  transport: 'scim',
  record: (id, value) => `{"id":"${id}","displayName":${value}}`,
  start: async () => ({ config: {}, secrets: {}, stop: async () => undefined }),
  doesNotApply: {
    'stops its check at a source that is away': here,
    'passes on who comes twice': 'nobody is there twice',
    'leaves a list whose cursors lead in a circle': here,
  },
});
