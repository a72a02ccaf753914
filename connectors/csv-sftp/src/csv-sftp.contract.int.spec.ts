import { describe, it } from 'vitest';
import { describeConnectorContract } from '#connector-sdk/testing';
import { SftpServer } from '#testing';
import { csvSftp } from './csv-sftp.connector.js';
import { lying, nameOf, put } from './running-fetch.spec.js';

const doesNotApply = {
  'passes records on byte for byte': 'a row becomes an object by the header',
  'carries hostile data unharmed': 'a cell is text; what text may be is tried where CSV is read',
};

describeConnectorContract(csvSftp, {
  runner: { describe, it },
  transport: 'sftp',
  record: (id, value) => `${id},"${String(JSON.parse(value))}"\n`,
  start: async ({ records }) => {
    const server = await SftpServer.start();
    const send = (day: number, people: readonly string[]): void =>
      put(server, nameOf(day), `Employee ID,Name\n${people.join('')}`);
    send(1, records);
    const { host, port, user, fingerprint, password } = server;
    let isUp = true;
    return {
      config: { host, port, user, hostKeyFingerprints: [fingerprint], content: 'full', settleSeconds: 0 },
      secrets: { password },
      deltaConfig: { content: 'delta' },
      change: async (people) => send(2, people),
      traces: async () => lying(server),
      stop: async () => {
        if (isUp) await server.stop();
        isUp = false;
      },
    };
  },
  doesNotApply: { ...doesNotApply, 'leaves a list whose cursors lead in a circle': 'a file has no cursors' },
});
