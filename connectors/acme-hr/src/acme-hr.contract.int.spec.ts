import { describe, it } from 'vitest';
import { describeConnectorContract, forwardTo, simulateSource, type SourceQuirk } from '#connector-sdk/testing';
import type { Misbehaviour } from '../simulator/src/index.js';
import { startAcmeSimulator } from '../simulator/src/index.js';
import { acmeHr } from './acme-hr.connector.js';

const id = (index: number): string => `W${index}`;

function quirk(kind: SourceQuirk, people: number): Misbehaviour {
  switch (kind) {
    case 'loopedCursor':
      return { kind: 'loopCursor' };
    case 'lostLastPage':
      return { kind: 'dropLastPage' };
    case 'shortTotal':
      return { kind: 'wrongTotal', total: people - 1 };
  }
}

describeConnectorContract(acmeHr, {
  runner: { describe, it },
  transport: 'http',
  signIn: 'renewed',
  id,
  record: (workerId, value) => `{"workerId":"${workerId}","legalName":{"given":${value}}}`,
  start: async ({ records, quirk: kind, timeoutSeconds }) => {
    const simulator = await startAcmeSimulator({ people: 0 });
    for (const [index, record] of records.entries()) simulator.addRaw(record, id(index));
    if (kind !== null) simulator.misbehave(quirk(kind, records.length));
    const http = await simulateSource(forwardTo(simulator.url));
    return {
      config: { ...simulator.config, baseUrl: http.url, pageSize: 3, requestTimeoutSeconds: timeoutSeconds },
      secrets: simulator.secrets,
      http,
      stop: async () => {
        await http.stop();
        await simulator.stop();
      },
    };
  },
});
