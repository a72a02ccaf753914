/** What a worker's record is made of. */
export interface SimulatedWorker {
  readonly wid: string;
  readonly employeeId: string;
  readonly isContingent?: boolean;
  readonly fullName: string;
  /** For work; they have a private one besides. */
  readonly email: string;
  readonly title: string;
  readonly organization: string;
  readonly location: string;
  /** Employee id of the manager. */
  readonly managerId?: string;
  readonly isActive: boolean;
  /** ISO 8601 day. */
  readonly hireDate: string;
  /** Fields of the tenant's own, as an integration's field overrides give them: by name. */
  readonly fields?: Readonly<Record<string, string>>;
  /** Fills the record up, in bytes. */
  readonly paddingBytes?: number;
}

const FIRST = ['Søren', 'Ana', 'Wei', 'Zoë', 'Mateusz', 'Noor', 'Ifeoma', 'Émile', 'Yuki', 'Óscar'];
const LAST = ['Ålund', 'García', 'Chen', "O'Neill", 'Wójcik', 'Haddad', 'Okafor', 'Dubois', 'Tanaka', 'Núñez & Co'];
const TITLES = ['Buyer', 'Engineer', 'Nurse', 'Analyst', 'Fitter'];
const ORGANIZATIONS = ['Operations Americas', 'Research & Development', 'People'];
const PLACES = ['Göteborg', 'São Paulo', 'Leeds'];

/** Somebody of a made-up company, the same for the same seed whatever its size. `mark` ends all that could name anybody. */
export function madeUpWorker(index: number, { seed = 1, mark = '', paddingBytes = 0 } = {}): SimulatedWorker {
  const turn = index * 7919 + seed;
  const idOf = (of: number): string => `E${String(of).padStart(7, '0')}${mark}`;
  return {
    wid: `3aa5550b7fe348b98d7b5741afc65534-${index}${mark}`,
    employeeId: idOf(index),
    isContingent: index % 10 === 9,
    fullName: `${pick(FIRST, turn)} ${pick(LAST, turn >> 3)}${mark}`,
    email: `w${index}${mark}@workday.example`,
    title: `${pick(TITLES, turn)}${mark}`,
    organization: `${pick(ORGANIZATIONS, turn)}${mark}`,
    location: `${pick(PLACES, turn)}${mark}`,
    ...(index === 0 ? {} : { managerId: idOf(Math.floor(index / 10)) }),
    isActive: true,
    hireDate: `20${String(10 + (turn % 14))}-0${String(1 + (turn % 9))}-15`,
    paddingBytes,
  };
}

function pick(list: readonly string[], turn: number): string {
  return list[Math.abs(turn) % list.length] ?? '';
}
