import { type ConnectorContext, type RawRecord, SourceFatalError } from '#connector-sdk';
import { getWorkersRequest, type Wanted } from './get-workers-request.js';
import { isUnknownWorker, soapFaultError } from './soap-fault.js';
import type { WorkdaySoapConfig, WorkdaySoapSecrets } from './workday-soap.settings.js';
import { readWorkersPage, type WorkersPage } from './workers-page.js';

const nobody: WorkersPage = { records: [], page: 1, totalPages: 1, totalResults: 0, pageResults: 0 };

/** The operation Get_Workers of one integration. */
export class WorkersService {
  constructor(private readonly context: ConnectorContext<WorkdaySoapConfig, WorkdaySoapSecrets>) {}

  /** `asOf`: the instant whose state is read, the same for all pages of a fetch. */
  async page(page: number, asOf: string, { count = this.context.config.pageSize } = {}): Promise<WorkersPage> {
    const answer = await this.ask({ page, count, asOf });
    if (answer.page !== page) {
      throw new SourceFatalError({
        code: 'otherPage',
        message: `Asked for page ${page}, Workday sent page ${answer.page}: its list would never end. Report it to Workday.`,
        fields: { asked: page, sent: answer.page },
      });
    }
    return answer;
  }

  /** Null when Workday doesn't know the id. */
  async worker(id: string): Promise<RawRecord | null> {
    const { records } = await this.ask({ person: id });
    const [record = null] = records;
    if (records.length > 1 || (record !== null && record.sourceId !== id)) {
      throw new SourceFatalError({ code: 'otherWorker', message: 'Asked for one worker, Workday sent another one.' });
    }
    return record;
  }

  /** A password that was refused is not sent again: Workday locks users after a few wrong ones. */
  private async ask(wanted: Wanted): Promise<WorkersPage> {
    const { config, secrets, http, signal } = this.context;
    return http.request({
      method: 'POST',
      url: config.serviceUrl,
      headers: { 'content-type': 'text/xml; charset=utf-8', accept: 'text/xml', soapaction: '""' },
      body: getWorkersRequest(config, secrets, wanted),
      signal,
      timeoutMs: config.requestTimeoutSeconds * 1000,
      maxResponseBytes: config.maxPageBytes,
      // A fault comes with 500 (SOAP 1.1 §6.2).
      accept: [500],
      read: (response) => {
        const answer = readWorkersPage(response, config.idType);
        if (!('fault' in answer)) return answer;
        if ('person' in wanted && isUnknownWorker(answer.fault)) return nobody;
        throw soapFaultError(answer.fault);
      },
    });
  }
}
