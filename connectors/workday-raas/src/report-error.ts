import { JsonSplitError, SourceFatalError, SourceRetriableError } from '#connector-sdk';

/** What is wrong with a body that should have been a report; every other error as it is. `head`: how the body begins. */
export function reportError(error: unknown, head: string): unknown {
  if (!(error instanceof JsonSplitError)) return error;
  const { code, offset } = error;
  const fields = { offset };
  if (code === 'cutOff') {
    return new SourceRetriableError({
      code: 'reportCutShort',
      message:
        offset === 0
          ? 'Workday answered 200 with an empty body. The next sync tries again.'
          : `Workday’s report ends at byte ${offset}, before its first entry. The next sync tries again.`,
      fields,
    });
  }
  if (code === 'tooLarge') {
    return new SourceFatalError({
      code: 'entryTooLarge',
      message: `Workday’s report has an entry that nobody’s can be: ${error.message}.`,
      fields,
    });
  }
  if (code === 'malformed') {
    return new SourceFatalError({
      code: 'malformedReport',
      message: `Workday’s report is not one whole, valid JSON document: ${error.message}. Nothing of it is applied.`,
      fields,
    });
  }
  return head.startsWith('<')
    ? new SourceFatalError({
        code: 'webPage',
        message:
          'Workday answered with a web page instead of the report: its login page, or a notice of maintenance. Check that the address is the report’s own web service, and that the user may sign in without single sign-on.',
      })
    : new SourceFatalError({
        code: 'notAReport',
        message:
          'Workday answered with something other than a report: JSON without a list "Report_Entry". Check that the address is that of a custom report enabled as a web service.',
        fields,
      });
}
