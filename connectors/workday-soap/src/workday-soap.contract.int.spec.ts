import { describe, it } from 'vitest';
import { describeConnectorContract, forwardTo, simulateSource, type SourceQuirk } from '#connector-sdk/testing';
import { madeUpWorker, type SoapMannerKind, startWorkdaySoapSimulator } from '../simulator/src/index.js';
import { workdaySoap } from './workday-soap.connector.js';

const manners = {
  loopedCursor: 'circle',
  lostLastPage: 'lostLastPage',
  shortTotal: 'shortTotal',
} as const satisfies Record<SourceQuirk, SoapMannerKind>;

interface Person {
  readonly wid: string;
  readonly fullName: string;
}

describeConnectorContract(workdaySoap, {
  runner: { describe, it },
  transport: 'http',
  record: (wid, value) => `{"wid":"${wid}","fullName":${value}}`,
  start: async ({ records, quirk, timeoutSeconds }) => {
    const people = records.map((record, index) => ({ ...madeUpWorker(index), ...(JSON.parse(record) as Person) }));
    const simulator = await startWorkdaySoapSimulator({ people });
    if (quirk !== null) simulator.behave(manners[quirk]);
    // Every request of SOAP is a POST.
    const serviceUrl = new URL(String(simulator.config['serviceUrl']));
    const http = await simulateSource(forwardTo(serviceUrl.origin), { touches: () => true });
    return {
      config: {
        ...simulator.config,
        serviceUrl: http.url + serviceUrl.pathname,
        pageSize: 3,
        requestTimeoutSeconds: timeoutSeconds,
      },
      secrets: simulator.secrets,
      http,
      stop: async () => {
        await http.stop();
        await simulator.stop();
      },
    };
  },
  doesNotApply: {
    'passes records on byte for byte': 'a worker is XML, and becomes JSON by a rule',
    'carries hostile data unharmed':
      'a worker’s values are text in XML, which XmlSplitter’s own tests fill with what is hostile',
  },
});
