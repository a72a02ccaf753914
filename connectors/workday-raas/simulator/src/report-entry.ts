/** Who is in the report: a made-up company, the same for the same seed whatever its size. */
export interface CompanyShape {
  readonly seed: number;
  /** Ends names, addresses, numbers and the like of everybody, to be told from anything else by. */
  readonly mark: string;
  /** Fills each entry up, in bytes. */
  readonly paddingBytes: number;
}

const FIRST = ['Søren', 'Ana', 'Wei', 'Zoë', 'Mateusz', 'Noor', 'Ifeoma', 'Émile', 'Yuki', 'Óscar'];
const LAST = ['Ålund', 'García', 'Chen', "O'Neill", 'Wójcik', 'Haddad', 'Okafor', 'Dubois', 'Tanaka', 'Núñez'];
const TITLES = ['Buyer', 'Engineer', 'Nurse', 'Analyst', 'Fitter'];
const ORGANIZATIONS = ['Operations Americas', 'Research & Development', 'People'];
const PLACES = ['Göteborg', 'São Paulo', 'Leeds'];

/** One entry as Workday writes it: aliases as keys, booleans as "0" and "1", related objects as lists of objects. */
export function reportEntry(index: number, { seed, mark, paddingBytes }: CompanyShape): Record<string, unknown> {
  const turn = index * 7919 + seed;
  const id = employeeId(index, mark);
  const name = `${pick(FIRST, turn)} ${pick(LAST, turn >> 3)}${mark}`;
  const manager = Math.floor(index / 10);
  return {
    Employee_ID: id,
    workdayID: `3aa5550b7fe348b98d7b5741afc65534-${index}${mark}`,
    Preferred_Name: name,
    'Email_-_Work': `w${index}${mark}@workday.example`,
    Business_Title: `${pick(TITLES, turn)}${mark}`,
    Supervisory_Organization: `${pick(ORGANIZATIONS, turn)}${mark}`,
    Location_group: [{ Location_Name: `${pick(PLACES, turn)}${mark}`, Country: 'XX' }],
    ...(index === 0 ? {} : { Manager_group: [{ Employee_ID: employeeId(manager, mark) }] }),
    Active_Status: '1',
    Hire_Date: `20${String(10 + (turn % 14))}-0${String(1 + (turn % 9))}-15-08:00`,
    ...(paddingBytes === 0 ? {} : { Comment: 'x'.repeat(paddingBytes) }),
  };
}

export function employeeId(index: number, mark: string): string {
  return `E${String(index).padStart(7, '0')}${mark}`;
}

function pick(list: readonly string[], turn: number): string {
  return list[Math.abs(turn) % list.length] ?? '';
}
