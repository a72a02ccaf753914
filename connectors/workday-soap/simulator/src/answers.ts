const OPEN = `<?xml version="1.0" encoding="UTF-8"?>
<env:Envelope xmlns:env="http://schemas.xmlsoap.org/soap/envelope/"><env:Body>`;
const CLOSE = '</env:Body></env:Envelope>\n';

export interface Results {
  readonly page: number;
  readonly totalPages: number;
  readonly totalResults: number;
  readonly pageResults: number;
}

/** `results`: null leaves them out. */
export function workersAnswer(results: Results | null, workers: readonly string[]): string {
  const told =
    results === null
      ? ''
      : `<wd:Response_Results><wd:Total_Results>${results.totalResults}</wd:Total_Results><wd:Total_Pages>${results.totalPages}</wd:Total_Pages><wd:Page_Results>${results.pageResults}</wd:Page_Results><wd:Page>${results.page}</wd:Page></wd:Response_Results>`;
  return `${OPEN}<wd:Get_Workers_Response xmlns:wd="urn:com.workday/bsvc" wd:version="v45.0">${told}<wd:Response_Data>${workers.join('')}</wd:Response_Data></wd:Get_Workers_Response>${CLOSE}`;
}

/** SOAP 1.1 §4.4, as Workday fills it: the text names what it is about. */
export function faultAnswer(code: string, text: string, detail: 'Validation' | 'Processing' | null): string {
  const message =
    detail === 'Validation'
      ? `<wd:Validation_Error><wd:Message>${text}</wd:Message><wd:Detail_Message>${text}</wd:Detail_Message></wd:Validation_Error>`
      : `<wd:Detail_Message>${text}</wd:Detail_Message>`;
  const told =
    detail === null
      ? ''
      : `<detail><wd:${detail}_Fault xmlns:wd="urn:com.workday/bsvc">${message}</wd:${detail}_Fault></detail>`;
  return `${OPEN}<env:Fault><faultcode>env:${code}</faultcode><faultstring>${text}</faultstring>${told}</env:Fault>${CLOSE}`;
}
