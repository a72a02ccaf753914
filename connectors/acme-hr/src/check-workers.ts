import type { CheckStep, CheckStepName, ConnectorContext, JsonValue } from '#connector-sdk';
import { checkReachable, SourceError } from '#connector-sdk';
import { AcmeHrApi } from './acme-hr-api.js';
import type { AcmeHrConfig, AcmeHrSecrets } from './acme-hr.settings.js';
import type { WorkerPage } from './worker-page.js';

/** Reads at most one page of ten. Shows which fields a worker has, never what is in them. */
export async function* checkWorkers(
  context: ConnectorContext<AcmeHrConfig, AcmeHrSecrets>,
): AsyncGenerator<CheckStep, void, void> {
  const { config } = context;
  const insecure = config.baseUrl.startsWith('http:') && !/^http:\/\/(localhost|127\.|\[::1\])/.test(config.baseUrl);
  yield {
    step: 'configuration',
    ok: true,
    message: insecure
      ? 'The settings are complete. The address has no TLS: people and secrets travel unencrypted.'
      : 'The settings are complete.',
  };
  for await (const step of checkReachable(config.baseUrl, context)) {
    yield step;
    if (!step.ok) {
      return;
    }
  }

  const api = new AcmeHrApi(context);
  const signedIn = await attempt('credentials', async () => api.signIn());
  yield (
    signedIn.failed ?? { step: 'credentials', ok: true, message: 'The HR system accepts client id and client secret.' }
  );
  if (signedIn.failed) {
    return;
  }
  const first = await attempt('firstPage', async () => api.page(null, { limit: 10 }));
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
  const fields = fieldNames(record.bytes);
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

function fieldNames(bytes: Uint8Array): string[] | null {
  try {
    const document = JSON.parse(Buffer.from(bytes).toString('utf8')) as JsonValue;
    return typeof document === 'object' && document !== null && !Array.isArray(document) ? Object.keys(document) : null;
  } catch {
    return null;
  }
}

type Attempt<T> = { failed: CheckStep } | { failed?: undefined; value: T };

async function attempt<T>(step: CheckStepName, run: () => Promise<T>): Promise<Attempt<T>> {
  try {
    return { value: await run() };
  } catch (error) {
    if (error instanceof SourceError) {
      return { failed: { step, ok: false, message: error.message, details: { code: error.code, ...error.fields } } };
    }
    throw error;
  }
}
