import type { CheckStep, ConnectorContext } from '#connector-sdk';
import { attemptStep, checkReachable, fieldNames, settingsComplete } from '#connector-sdk';
import { AcmeHrApi } from './acme-hr-api.js';
import type { AcmeHrConfig, AcmeHrSecrets } from './acme-hr.settings.js';
import type { WorkerPage } from './worker-page.js';

/** Reads at most one page of ten. Shows which fields a worker has, never what is in them. */
export async function* checkWorkers(
  context: ConnectorContext<AcmeHrConfig, AcmeHrSecrets>,
): AsyncGenerator<CheckStep, void, void> {
  const { config } = context;
  yield settingsComplete(config.baseUrl);
  for await (const step of checkReachable(config.baseUrl, context)) {
    yield step;
    if (!step.ok) {
      return;
    }
  }

  const api = new AcmeHrApi(context);
  const signedIn = await attemptStep('credentials', async () => api.signIn());
  yield (
    signedIn.failed ?? { step: 'credentials', ok: true, message: 'The HR system accepts client id and client secret.' }
  );
  if (signedIn.failed) {
    return;
  }
  const first = await attemptStep('firstPage', async () => api.page(null, { limit: 10 }));
  if (first.failed) {
    yield first.failed;
    return;
  }
  const { records, total } = first.value;
  const declared = total === undefined ? 'an unknown number of workers' : `${total} worker${total === 1 ? '' : 's'}`;
  yield {
    step: 'firstPage',
    ok: true,
    message: `The HR system lists ${declared}.`,
    details: { workers: records.length, ...(total === undefined ? {} : { total }) },
  };
  yield sample(first.value);
}

function sample({ records }: WorkerPage): CheckStep {
  const [record] = records;
  if (!record) {
    return {
      step: 'sample',
      ok: false,
      message: 'The list of workers is empty. Ask the HR team whether this client may see any.',
    };
  }
  const fields = fieldNames(record);
  if (record.sourceId === null || fields === null) {
    return {
      step: 'sample',
      ok: false,
      message: "The first worker has no workerId or is no JSON object. Is this address the HR system's API version 2?",
    };
  }
  return {
    step: 'sample',
    ok: true,
    message: `The first worker has an id and ${fields.length} fields.`,
    details: { fields },
  };
}
