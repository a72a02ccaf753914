import { SourceConfigurationError, xmlEscape } from '#connector-sdk';
import { versionOf, type WorkdaySoapConfig, type WorkdaySoapSecrets } from './workday-soap.settings.js';

const SOAP = 'http://schemas.xmlsoap.org/soap/envelope/';
const WORKDAY = 'urn:com.workday/bsvc';
/** OASIS WS-Security 1.0 and its UsernameToken Profile 1.0. */
const SECURITY = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd';
const PASSWORD_TEXT = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#PasswordText';

/** Everybody by pages, or one worker. */
export type Wanted =
  | {
      readonly page: number;
      readonly count: number;
      /** ISO 8601; what is entered later does not show. */ readonly asOf: string;
    }
  | { readonly person: string };

/**
 * The envelope that asks for workers. Elements stand in the order of Workday's schema, which is a sequence.
 *
 * @throws SourceConfigurationError `unwritable` for a setting with characters that XML cannot hold
 */
export function getWorkersRequest(config: WorkdaySoapConfig, { password }: WorkdaySoapSecrets, wanted: Wanted): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<env:Envelope xmlns:env="${SOAP}" xmlns:wsse="${SECURITY}" xmlns:wd="${WORKDAY}"><env:Header><wsse:Security env:mustUnderstand="1"><wsse:UsernameToken>${element('wsse:Username', config.username)}<wsse:Password Type="${PASSWORD_TEXT}">${written('password', password)}</wsse:Password></wsse:UsernameToken></wsse:Security></env:Header><env:Body><wd:Get_Workers_Request wd:version="${versionOf(config)}">${'person' in wanted ? reference(config, wanted.person) : criteria(config)}${'person' in wanted ? '' : filter(wanted)}<wd:Response_Group>${config.responseGroups.map((name) => `<wd:${name}>true</wd:${name}>`).join('')}</wd:Response_Group></wd:Get_Workers_Request></env:Body></env:Envelope>`;
}

/** Without the attribute an unknown id is a fault. */
function reference({ idType }: WorkdaySoapConfig, id: string): string {
  return `<wd:Request_References wd:Skip_Non_Existing_Instances="true"><wd:Worker_Reference><wd:ID wd:type="${idType}">${written('id', id)}</wd:ID></wd:Worker_Reference></wd:Request_References>`;
}

function criteria({ excludeInactive, excludeContingent }: WorkdaySoapConfig): string {
  return `<wd:Request_Criteria>${element('wd:Exclude_Inactive_Workers', String(excludeInactive))}${element('wd:Exclude_Contingent_Workers', String(excludeContingent))}</wd:Request_Criteria>`;
}

function filter({ asOf, page, count }: Extract<Wanted, { page: number }>): string {
  return `<wd:Response_Filter>${element('wd:As_Of_Entry_DateTime', asOf)}${element('wd:Page', String(page))}${element('wd:Count', String(count))}</wd:Response_Filter>`;
}

function element(name: string, text: string): string {
  return `<${name}>${written(name.slice(name.indexOf(':') + 1), text)}</${name}>`;
}

function written(name: string, text: string): string {
  const escaped = xmlEscape(text);
  if (escaped !== null) return escaped;
  throw new SourceConfigurationError({
    code: 'unwritable',
    message: `The ${name} has a character that XML cannot hold. Enter it anew.`,
    fields: { name },
  });
}
