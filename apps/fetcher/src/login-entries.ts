import { type AccountId, accountName, type LoginEvent } from '#sftp-inbox';

const windowMs = 60_000;

/** So many of a kind, of one integration, have an entry each within a minute: nobody fills the audit by trying passwords. */
const entriesEach: Readonly<Record<LoginEvent['kind'], number>> = { login: 20, loginFailed: 5 };

const addressesNamed = 3;
const addressesCounted = 100;

export interface LoginEntry extends AccountId {
  readonly kind: LoginEvent['kind'];
  readonly detail: string;
}

/** The minute since the first login of a kind, and those of it that have no entry of their own. */
interface Minute {
  readonly id: AccountId;
  readonly kind: LoginEvent['kind'];
  readonly timer: NodeJS.Timeout;
  entries: number;
  left: number;
  /** Of those that are left. */
  readonly addresses: Set<string>;
}

/**
 * What the audit says of logins: each has an entry; of more than so many in a minute the rest have one together, which is written when the minute
 * is over, whether anybody comes again or not.
 */
export class LoginEntries {
  private readonly minutes = new Map<string, Minute>();

  /** @param write never throws */
  constructor(private readonly write: (entry: LoginEntry) => Promise<void>) {}

  async add({ tenantId, integrationId }: AccountId, { kind, method, address }: LoginEvent): Promise<void> {
    const id = { tenantId, integrationId };
    const minute = this.minuteOf(id, kind);
    if (minute.entries < entriesEach[kind]) {
      minute.entries += 1;
      return this.write({ ...id, kind, detail: `${method}, from ${address}` });
    }
    minute.left += 1;
    if (minute.addresses.size < addressesCounted) minute.addresses.add(address);
  }

  /** Writes what is counted up to now. */
  async flush(): Promise<void> {
    await Promise.all([...this.minutes.keys()].map(async (key) => this.end(key)));
  }

  private minuteOf(id: AccountId, kind: LoginEvent['kind']): Minute {
    const key = `${kind} ${accountName(id)}`;
    const known = this.minutes.get(key);
    if (known !== undefined) return known;
    const timer = setTimeout(() => void this.end(key), windowMs).unref();
    const made: Minute = { id, kind, timer, entries: 0, left: 0, addresses: new Set() };
    this.minutes.set(key, made);
    return made;
  }

  private async end(key: string): Promise<void> {
    const minute = this.minutes.get(key);
    if (minute === undefined) return;
    clearTimeout(minute.timer);
    this.minutes.delete(key);
    const { id, kind, left, addresses } = minute;
    if (left > 0) await this.write({ ...id, kind, detail: `${left} more within a minute, from ${named(addresses)}` });
  }
}

function named(addresses: ReadonlySet<string>): string {
  const some = [...addresses].slice(0, addressesNamed);
  const more = addresses.size - some.length;
  if (more === 0) return some.join(', ');
  return `${some.join(', ')} and ${addresses.size < addressesCounted ? String(more) : `${more} or more`} others`;
}
