import type { CheckStep, CheckStepName, ConnectorContext, RawRecord } from '#connector-sdk';
import { checkReachable, failedStep, fieldNames, settingsComplete, SourceCredentialsError } from '#connector-sdk';
import { readReport } from './read-report.js';
import type { WorkdayConfig, WorkdaySecrets } from './workday.settings.js';
import { WorkdayReports } from './workday-reports.js';

type Context = ConnectorContext<WorkdayConfig, WorkdaySecrets>;

/** A check is waited for by a person, and ended after a minute. */
const beginsWithinMs = 40_000;

/** Reads the beginning of the report of everybody. Shows which fields an entry has, never what is in them. */
export async function* checkReport(context: Context): AsyncGenerator<CheckStep, void, void> {
  const { config, signal } = context;
  const created = await attempt('configuration', async () => new WorkdayReports(context));
  if (created.failed) {
    yield created.failed;
    return;
  }
  yield settingsComplete(config.reportUrl);
  for await (const step of checkReachable(config.reportUrl, context)) {
    yield step;
    if (!step.ok) return;
  }

  const reports = created.value;
  const signedIn = await attempt('credentials', async () => reports.confirmSignIn());
  if (signedIn.failed) {
    yield signedIn.failed;
    return;
  }
  const limit = AbortSignal.timeout(beginsWithinMs);
  const first = await attempt(
    'firstPage',
    async () => firstEntries(reports, config, AbortSignal.any([signal, limit])),
    limit,
  );
  if (first.failed && first.isRefused) {
    yield { ...first.failed, step: 'credentials' };
    return;
  }
  yield { step: 'credentials', ok: true, message: 'Workday accepts the credentials.' };
  if (first.failed) {
    yield first.failed;
    return;
  }
  const [record] = first.value;
  if (record === undefined) {
    yield {
      step: 'firstPage',
      ok: false,
      message:
        'Workday’s report has no rows. Check the security group of the user that signs in, and the prompts in reportUrl.',
    };
    return;
  }
  yield { step: 'firstPage', ok: true, message: 'Workday sends the report.' };
  yield sample(record, config.idKey);
}

/** The entries that come first; none when the report has none. The rest is not read. */
async function firstEntries(
  reports: WorkdayReports,
  { idKey }: WorkdayConfig,
  signal: AbortSignal,
): Promise<readonly RawRecord[]> {
  const { body } = await reports.openEveryone({ signal });
  try {
    const step = await readReport(body, { idKey }).next();
    return step.done === true ? [] : step.value;
  } finally {
    await body.return();
  }
}

function sample(record: RawRecord, idKey: string): CheckStep {
  const fields = fieldNames(record);
  if (fields === null) {
    return { step: 'sample', ok: false, message: 'The first entry of the report is no JSON object.' };
  }
  if (record.sourceId === null) {
    return {
      step: 'sample',
      ok: false,
      message: `The first entry has no ${idKey}, by which people are told apart. Set idKey to the column that holds their id; this entry has: ${fields.join(', ')}.`,
      details: { fields },
    };
  }
  return {
    step: 'sample',
    ok: true,
    message: `The first entry has an id and ${fields.length} fields.`,
    details: { fields },
  };
}

type Attempt<T> = { failed: CheckStep; isRefused: boolean } | { failed?: undefined; value: T };

/** `limit`: how long it may take. */
async function attempt<T>(step: CheckStepName, run: () => Promise<T>, limit?: AbortSignal): Promise<Attempt<T>> {
  try {
    return { value: await run() };
  } catch (error) {
    if (limit !== undefined && error === limit.reason) {
      const message = `Workday has not begun to send the report after ${beginsWithinMs / 1000} s. A large report may take longer than a check waits: run a dry sync to see.`;
      return { failed: { step, ok: false, message }, isRefused: false };
    }
    return { failed: failedStep(step, error), isRefused: error instanceof SourceCredentialsError };
  }
}
