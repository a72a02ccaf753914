import { XmlSplitter, xmlChildren, xmlText, type XmlValue } from '#connector-sdk';

/** A request for workers, as the service understands it. */
export interface Asked {
  readonly username: string;
  readonly password: string;
  readonly version: string;
  /** The id of the one worker asked for; null for everybody. */
  readonly person: { readonly type: string; readonly id: string; readonly skipUnknown: boolean } | null;
  readonly page: number;
  readonly count: number;
  readonly asOf: string;
  readonly excludeInactive: boolean;
  readonly excludeContingent: boolean;
  readonly responseGroups: readonly string[];
}

/** @throws XmlError for what is no XML */
export function readAsked(body: Uint8Array): Asked {
  const splitter = new XmlSplitter({ take: ['Envelope/Header/Security', 'Envelope/Body/Get_Workers_Request'] });
  const found = splitter.push(body);
  splitter.end();
  const [security, request] = [found[0]?.value, found[1]?.value];
  const token = child(security, 'UsernameToken');
  const reference = child(request, 'Request_References');
  const id = child(child(reference, 'Worker_Reference'), 'ID');
  const criteria = child(request, 'Request_Criteria');
  const filter = child(request, 'Response_Filter');
  const group = child(request, 'Response_Group');
  return {
    username: text(token, 'Username'),
    password: text(token, 'Password'),
    version: xmlText(request, '@version') ?? '',
    person:
      id === undefined
        ? null
        : {
            type: xmlText(id, '@type') ?? '',
            id: xmlText(id, '#text') ?? '',
            skipUnknown: xmlText(reference, '@Skip_Non_Existing_Instances') === 'true',
          },
    page: Number(text(filter, 'Page') || 1),
    count: Number(text(filter, 'Count') || 100),
    asOf: text(filter, 'As_Of_Entry_DateTime'),
    excludeInactive: text(criteria, 'Exclude_Inactive_Workers') === 'true',
    excludeContingent: text(criteria, 'Exclude_Contingent_Workers') === 'true',
    responseGroups: typeof group === 'object' && group !== null ? Object.keys(group) : [],
  };
}

function child(value: XmlValue | undefined, name: string): XmlValue | undefined {
  return xmlChildren(value, name)[0];
}

function text(value: XmlValue | undefined, name: string): string {
  return xmlText(child(value, name), '#text') ?? '';
}
