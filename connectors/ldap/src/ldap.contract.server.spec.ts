import { describe, it } from 'vitest';
import { describeConnectorContract } from '#connector-sdk/testing';
import { OpenLdapServer } from '#testing';
import { ldap } from './ldap.connector.js';
import { entryOf, peopleDn, peopleUnit } from './running-directory.spec.js';

interface Person {
  readonly number: number;
  readonly name: string;
}

describeConnectorContract(ldap, {
  runner: { describe, it },
  transport: 'ldap',
  record: (id, value) => `{"number":${id.slice(1)},"name":${value}}`,
  start: async ({ records, timeoutSeconds }) => {
    const people = records.map((record) => JSON.parse(record) as Person);
    const server = await OpenLdapServer.start({
      entries: [peopleUnit, ...people.map(({ number, name }) => entryOf(number, { sn: name }))],
    });
    let isUp = true;
    return {
      config: {
        url: server.url,
        startTls: false,
        bindDn: server.adminDn,
        baseDn: peopleDn,
        idAttribute: 'uid',
        pageSize: 3,
        requestTimeoutSeconds: timeoutSeconds,
      },
      secrets: { password: server.password },
      stop: async () => {
        if (isUp) await server.stop();
        isUp = false;
      },
    };
  },
  doesNotApply: {
    'passes records on byte for byte': 'an entry comes in pieces of BER',
    'carries hostile data unharmed': 'values are bytes, not JSON',
    'passes on who comes twice': 'a directory has one entry of a name',
    'leaves a list whose cursors lead in a circle':
      'a cookie is good once; pages without end are tried on a server in this process',
  },
});
