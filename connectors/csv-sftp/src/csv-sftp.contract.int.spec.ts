import { describe, it } from 'vitest';
import { describeConnectorContract } from '#connector-sdk/testing';
import { SftpServer } from '#testing';
import { csvSftp } from './csv-sftp.connector.js';
import { nameOf, put } from './running-fetch.spec.js';

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
    put(server, nameOf(1), `Employee ID,Name\n${records.join('')}`);
    const { host, port, user, fingerprint, password } = server;
    let isUp = true;
    return {
      config: { host, port, user, hostKeyFingerprints: [fingerprint], content: 'full', settleSeconds: 0 },
      secrets: { password },
      stop: async () => {
        if (isUp) await server.stop();
        isUp = false;
      },
    };
  },
  doesNotApply: { ...doesNotApply, 'leaves a list whose cursors lead in a circle': 'a file has no cursors' },
});
