import {
  BadResponseError,
  SourceConfigurationError,
  SourceCredentialsError,
  xmlChildren,
  xmlText,
  type XmlValue,
} from '#connector-sdk';

/** A fault of SOAP 1.1 (§4.4), as Workday fills it. Its texts may name people and are never shown. */
export interface SoapFault {
  /** Without its prefix, e.g. `Client.validationError`; `unknown` for anything that is no such word. */
  readonly code: string;
  /** What the detail holds, e.g. `Validation_Fault`; empty when there is none. */
  readonly kind: string;
  readonly text: string;
}

export function soapFaultOf(value: XmlValue): SoapFault {
  const of = (parent: XmlValue | undefined, name: string): string =>
    xmlText(xmlChildren(parent, name)[0], '#text') ?? '';
  const code = of(value, 'faultcode').trim().replace(/^.*:/, '');
  const [detail] = xmlChildren(value, 'detail');
  const kinds = detail === null || detail === undefined || typeof detail === 'string' ? [] : Object.keys(detail);
  const kind = kinds.find((name) => name.endsWith('_Fault')) ?? '';
  const [body] = xmlChildren(detail, kind);
  const errors = xmlChildren(body, 'Validation_Error').map((error) => of(error, 'Message'));
  return {
    code: /^[A-Za-z][\w.]{0,60}$/.test(code) ? code : 'unknown',
    kind,
    text: [of(value, 'faultstring'), ...errors].join(' '),
  };
}

/** Whether the request named a worker whom Workday does not know. */
export function isUnknownWorker({ code, kind, text }: SoapFault): boolean {
  return isValidation(code, kind) && /not a valid id value|invalid id value|invalid reference/i.test(text);
}

/** What a fault means for the fetch. */
export function soapFaultError({ code, kind, text }: SoapFault): Error {
  const fields = { faultCode: code };
  if (/authentication/i.test(code) || /invalid user ?name or password/i.test(text)) {
    return new SourceCredentialsError({
      code: 'loginRefused',
      message: `Workday refuses the user name or the password (${code}). Check both in the integration's settings: the user name ends in @ and the tenant. Workday locks users after a few wrong passwords.`,
      fields,
    });
  }
  if (/not authorized|permission/i.test(text)) {
    return new SourceCredentialsError({
      code: 'forbidden',
      message: `Workday knows the user but does not let it read workers (${code}). Give its security group Get access to the domains that the setup names, and activate the pending changes.`,
      fields,
    });
  }
  if (isValidation(code, kind) || code.startsWith('Client')) {
    return new SourceConfigurationError({
      code: 'requestRefused',
      message: `Workday finds the request invalid (${code}). Check the version in serviceUrl, responseGroups and idType.`,
      fields,
    });
  }
  const message = `Workday failed on the request (${code}).`;
  return new BadResponseError('processingFault', message, fields, 'retriable');
}

function isValidation(code: string, kind: string): boolean {
  return kind === 'Validation_Fault' || /validation/i.test(code);
}
