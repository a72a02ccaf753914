import path from 'node:path';
import { PythonPrograms } from '../support/python-programs.js';
import { RunningMuster } from '../support/running-muster.js';
import { ScimClient } from '../support/scim-client.js';
import { newEmbeddedEngine } from '../support/test-engine.js';

/** What judges the SCIM service from outside, from PyPI. */
const packages = ['scim2-tester==0.5.2', 'scim2-client[httpx2]==0.13.2', 'scim2-models==0.12.3', 'scim-sanity==0.7.4'];

const folder = path.resolve(import.meta.dirname, '..', '..').replace(/\/dist$/, '');

/** Whether each is content. */
export interface ScimVerdicts {
  /** scim2-tester: each check a success. */
  isConformant: boolean;
  /** scim-sanity in its compat profile: no failure. */
  isSane: boolean;
}

/** Runs both on a Muster of their own, each on an integration of its own. What they say goes to this terminal. */
export async function askScimTesters(): Promise<ScimVerdicts> {
  const versions = packages.map((one) => one.split('==')[1] ?? '').join('-');
  const testers = await PythonPrograms.install(`scim-testers-${versions}`, packages);
  const muster = await RunningMuster.start({}, newEmbeddedEngine());
  try {
    const tested = await ScimClient.ofNewIntegration(muster.api);
    const script = path.join(folder, 'test', 'scim', 'run_scim2_tester.py');
    const isConformant = await testers.run('python', [script, tested.base, tested.token]);
    const probed = await ScimClient.ofNewIntegration(muster.api);
    const isSane = await testers.run('scim-sanity', [
      ...['probe', probed.base, '--token', probed.token],
      ...['--compat', '--i-accept-side-effects'],
    ]);
    return { isConformant, isSane };
  } finally {
    await muster.stop();
  }
}
