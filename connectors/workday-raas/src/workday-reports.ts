import type { ConnectorContext, HttpStream, RawRecord } from '#connector-sdk';
import {
  BadResponseError,
  JsonArraySplitter,
  JsonSplitError,
  SourceConfigurationError,
  SourceFatalError,
} from '#connector-sdk';
import { jsonReportUrl } from './json-report-url.js';
import { personReportUrl } from './person-report-url.js';
import type { SignIn } from './sign-in.js';
import { signInOf } from './sign-in.js';
import type { WorkdayConfig, WorkdaySecrets } from './workday.settings.js';

const maxPersonBytes = 64 * 1024 * 1024;

/** The reports of one integration, as Workday's web services answer them. */
export class WorkdayReports {
  private readonly signIn: SignIn;

  /** @throws SourceConfigurationError `secretMissing` */
  constructor(private readonly context: ConnectorContext<WorkdayConfig, WorkdaySecrets>) {
    this.signIn = signInOf(context);
  }

  /** Gets a token, where one is signed in with, so that refused credentials show apart from everything else. */
  async confirmSignIn(): Promise<void> {
    await this.signIn.confirm();
  }

  /** Asks for everybody; the answer's body is to be read, or ended. */
  async openEveryone({ signal = this.context.signal } = {}): Promise<HttpStream> {
    const { config, http } = this.context;
    return http.stream({
      url: jsonReportUrl(config.reportUrl),
      shownPath: shownPath(config.reportUrl),
      authorization: this.signIn.authorization,
      renewOn: this.signIn.renewOn,
      signal,
      timeoutMs: config.firstAnswerSeconds * 1000,
      idleTimeoutMs: config.idleSeconds * 1000,
      maxResponseBytes: config.maxReportBytes,
    });
  }

  /** Every entry of one person; none when Workday doesn't know the id. */
  async person(id: string): Promise<readonly RawRecord[]> {
    const { config, http, signal } = this.context;
    if (config.personReportUrl === undefined) {
      throw new SourceConfigurationError({
        code: 'personReportMissing',
        message: 'One person alone needs a report of its own. Set personReportUrl, or sync everybody.',
      });
    }
    const records = await http.request({
      url: personReportUrl(jsonReportUrl(config.personReportUrl), id),
      shownPath: shownPath(config.personReportUrl),
      authorization: this.signIn.authorization,
      renewOn: this.signIn.renewOn,
      signal,
      timeoutMs: config.firstAnswerSeconds * 1000,
      maxResponseBytes: maxPersonBytes,
      read: ({ body }) => readPerson(body, config.idKey),
    });
    if (records.some(({ sourceId }) => sourceId !== id)) {
      throw new SourceFatalError({
        code: 'otherPerson',
        message: `Asked for one person, Workday’s report sent another one, or one without ${config.idKey}. Check the prompt that personReportUrl fills in.`,
      });
    }
    return records;
  }
}

function readPerson(body: Uint8Array, idKey: string): RawRecord[] {
  const splitter = new JsonArraySplitter({ arrayKey: 'Report_Entry', idKey });
  try {
    const records = splitter.push(body);
    splitter.end();
    if (splitter.arraySeen || splitter.keysSeen === 0) return records;
  } catch (error) {
    if (!(error instanceof JsonSplitError)) throw error;
    throw new BadResponseError('malformedReport', `Workday’s report of one person cannot be read: ${error.message}.`, {
      offset: error.offset,
    });
  }
  throw new BadResponseError('notAReport', 'Workday’s report of one person has no list "Report_Entry".');
}

/** Without the report's owner, whose name it would show. */
function shownPath(address: string): string {
  return `/ccx/service/…/${new URL(address).pathname.split('/').at(-1) ?? ''}`;
}
