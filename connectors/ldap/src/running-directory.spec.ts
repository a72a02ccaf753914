import {
  type CheckStep,
  type ConnectorEvent,
  Dialler,
  EgressPolicy,
  type FetchEnd,
  HttpClient,
  noOwnSecrets,
  type SourceError,
} from '#connector-sdk';
import type { LdapEntry, OpenLdapServer } from '#testing';
import { ldap } from './ldap.connector.js';

export const peopleDn = 'ou=people,dc=acme,dc=example';
export const peopleUnit: LdapEntry = { dn: peopleDn, attributes: { objectClass: 'organizationalUnit', ou: 'people' } };

/** A person of the directory; `attributes` beside those that everybody has. */
export function entryOf(number: number, attributes: LdapEntry['attributes'] = {}): LdapEntry {
  return {
    dn: `uid=p${number},${peopleDn}`,
    attributes: {
      objectClass: ['inetOrgPerson', 'user'],
      uid: `p${number}`,
      cn: `Person ${number}`,
      sn: `Family ${number}`,
      mail: `p${number}@acme.example`,
      employeeNumber: String(number),
      ...attributes,
    },
  };
}

export type PersonDocument = Record<string, string | boolean | null | string[]>;

export interface Wishes {
  readonly config?: Record<string, unknown>;
  readonly password?: string;
  readonly person?: string | null;
  readonly signal?: AbortSignal;
  /** Default: the server's own authority. */
  readonly ca?: string | null;
  /** Called after each batch. */
  readonly afterBatch?: () => Promise<void>;
}

export interface FetchResult {
  readonly documents: PersonDocument[];
  readonly ids: (string | null)[];
  readonly batches: number[];
  readonly end: FetchEnd | undefined;
  readonly error: SourceError | undefined;
}

/** The connector as the fetcher calls it, on one server. */
export class RunningDirectory {
  constructor(private readonly server: OpenLdapServer) {}

  context({ config, password, person = null, signal = new AbortController().signal, ca = this.server.ca }: Wishes) {
    const { url, adminDn, password: right } = this.server;
    const dialler = new Dialler({ policy: new EgressPolicy({ allow: ['127.0.0.0/8'] }), ca });
    const events: ConnectorEvent[] = [];
    return {
      config: ldap.config.parse({
        url,
        bindDn: adminDn,
        baseDn: peopleDn,
        idAttribute: 'uid',
        requestTimeoutSeconds: 20,
        ...config,
      }),
      secrets: ldap.secrets.parse({ password: password ?? right }),
      state: null,
      http: new HttpClient({ dialler }),
      dialler,
      ownSecrets: noOwnSecrets,
      signal,
      progress: () => undefined,
      log: (event: ConnectorEvent) => void events.push(event),
      cursor: null,
      person,
      events,
    };
  }

  /** Reads to the end, or to the error that ends it. */
  async fetch(wishes: Wishes = {}): Promise<FetchResult> {
    const result = { documents: [] as PersonDocument[], ids: [] as (string | null)[], batches: [] as number[] };
    const batches = ldap.fetch(this.context(wishes));
    try {
      for (;;) {
        const step = await batches.next();
        if (step.done === true) return { ...result, end: step.value, error: undefined };
        const { records } = step.value;
        result.batches.push(records.length);
        for (const { sourceId, bytes } of records) {
          result.ids.push(sourceId);
          result.documents.push(JSON.parse(Buffer.from(bytes).toString('utf8')) as PersonDocument);
        }
        await wishes.afterBatch?.();
      }
    } catch (error) {
      return { ...result, end: undefined, error: error as SourceError };
    }
  }

  async check(wishes: Wishes = {}): Promise<CheckStep[]> {
    const steps: CheckStep[] = [];
    for await (const step of ldap.check(this.context(wishes))) steps.push(step);
    return steps;
  }
}
