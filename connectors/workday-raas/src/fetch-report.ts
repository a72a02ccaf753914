import type { FetchBatch, FetchContext, FetchEnd } from '#connector-sdk';
import { unknownCursor } from '#connector-sdk';
import type { ReportEnd } from './read-report.js';
import { readReport } from './read-report.js';
import type { WorkdayConfig, WorkdaySecrets } from './workday.settings.js';
import { WorkdayReports } from './workday-reports.js';

type Context = FetchContext<WorkdayConfig, WorkdaySecrets>;

/** Everybody as the report streams them, or one person by the report of one person. */
export async function* fetchReport(context: Context): AsyncGenerator<FetchBatch, FetchEnd, void> {
  const { person, config, cursor } = context;
  if (cursor !== null) throw unknownCursor('A report cannot be read on from the middle.');
  const reports = new WorkdayReports(context);
  if (person !== null) {
    const records = await reports.person(person);
    yield { records, next: null };
    const note = records.length > 0 ? {} : { note: 'Workday’s report does not know this person.' };
    return { extent: 'person', lastPageSeen: true, ...note };
  }

  const { body } = await reports.openEveryone();
  const entries = readReport(body, config);
  let records = 0;
  try {
    for (;;) {
      const step = await entries.next();
      if (step.done === true) return endOf(step.value, records);
      records += step.value.length;
      context.progress({ records });
      yield { records: step.value, next: null };
    }
  } finally {
    await body.return();
  }
}

/** Only a report that came to its own end, with somebody in it, says who is missing. */
function endOf(end: ReportEnd, records: number): FetchEnd {
  switch (end.kind) {
    case 'whole':
      return { extent: 'full', lastPageSeen: true };
    case 'empty':
      return {
        extent: 'full',
        lastPageSeen: false,
        note: 'Workday’s report has no rows. That is what it answers when its user may see nobody or its prompts fit nobody, so it does not mean that everyone left: nobody is removed. Check the security group of the user that signs in, and the prompts in reportUrl.',
      };
    case 'cutShort':
      return {
        extent: 'full',
        lastPageSeen: false,
        note: `${end.message} ${records} entries had come by then. They are used, and nobody is removed for not being among them.`,
      };
  }
}
