import {
  checkReachable,
  type CheckStep,
  type ConnectorContext,
  failedStep,
  fieldNames,
  settingsComplete,
  SourceCredentialsError,
} from '#connector-sdk';
import type { WorkdaySoapConfig, WorkdaySoapSecrets } from './workday-soap.settings.js';
import type { WorkersPage } from './workers-page.js';
import { WorkersService } from './workers-service.js';

type Context = ConnectorContext<WorkdaySoapConfig, WorkdaySoapSecrets>;

/** Reads a page of ten. Shows which parts a worker has, never what is in them. */
export async function* checkWorkers(context: Context): AsyncGenerator<CheckStep, void, void> {
  const { config } = context;
  yield settingsComplete(config.serviceUrl);
  for await (const step of checkReachable(config.serviceUrl, context)) {
    yield step;
    if (!step.ok) return;
  }
  let page: WorkersPage;
  try {
    page = await new WorkersService(context).page(1, new Date().toISOString(), { count: 10 });
  } catch (error) {
    // Both come with the same request: what is no refusal has passed the login.
    if (!(error instanceof SourceCredentialsError)) yield acceptedLogin;
    yield failedStep(error instanceof SourceCredentialsError ? 'credentials' : 'firstPage', error);
    return;
  }
  const { records, totalResults } = page;
  yield acceptedLogin;
  yield {
    step: 'firstPage',
    ok: true,
    message: `Workday lists ${totalResults} worker${totalResults === 1 ? '' : 's'}.`,
    details: { workers: records.length, total: totalResults },
  };
  yield sample(page, config);
}

const acceptedLogin: CheckStep = { step: 'credentials', ok: true, message: 'Workday accepts user name and password.' };

function sample({ records }: WorkersPage, { idType }: WorkdaySoapConfig): CheckStep {
  const [record] = records;
  if (record === undefined) {
    const message = 'Workday shows nobody. Check the security group of the user that signs in.';
    return { step: 'sample', ok: false, message };
  }
  const fields = fieldNames(record) ?? [];
  const withoutId = records.filter(({ sourceId }) => sourceId === null).length;
  const details = { fields, withoutId };
  if (withoutId > 0) {
    const message = `${withoutId} of ${records.length} workers have no id of type ${idType}. Choose another idType: everybody has a WID.`;
    return { step: 'sample', ok: false, message, details };
  }
  return { step: 'sample', ok: true, message: `Workers have an id and ${fields.length} parts.`, details };
}
