import { describe, it } from 'vitest';
import { describeConnectorContract, forwardTo, simulateSource } from '#connector-sdk/testing';
import { startWorkdaySimulator } from '../simulator/src/index.js';
import { workdayRaas } from './workday-raas.connector.js';

describe.each(['asUser', 'withRefreshToken'] as const)('signed in %s', (by) => {
  describeConnectorContract(workdayRaas, {
    runner: { describe, it },
    transport: 'http',
    signIn: by === 'asUser' ? 'fixed' : 'renewed',
    id: (index) => `E${String(index).padStart(7, '0')}`,
    record: (employeeId, value) => `{"Employee_ID":"${employeeId}","Preferred_Name":${value}}`,
    start: async ({ records, timeoutSeconds }) => {
      const simulator = await startWorkdaySimulator({ entries: records });
      const http = await simulateSource(forwardTo(simulator.url));
      const { config, secrets } = simulator[by];
      const fronted = Object.entries(config).map(([name, value]) => [
        name,
        typeof value === 'string' ? value.replace(simulator.url, http.url) : value,
      ]);
      return {
        config: {
          ...Object.fromEntries(fronted),
          idleSeconds: timeoutSeconds,
          firstAnswerSeconds: timeoutSeconds,
          maxReportBytes: 4_000_000,
        },
        secrets,
        http,
        stop: async () => {
          await http.stop();
          await simulator.stop();
        },
      };
    },
    doesNotApply: { 'leaves a list whose cursors lead in a circle': 'a report is one answer, without cursors' },
  });
});
